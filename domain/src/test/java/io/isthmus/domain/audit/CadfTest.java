package io.isthmus.domain.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.isthmus.domain.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import org.junit.jupiter.api.Test;

class CadfTest {

  @Test
  void isReadAsItWasWritten() {
    for (AuditRecord record : new AuditRecord[] {Records.created("s1"), Records.failedInCloud()}) {
      assertThat(Cadf.read(Cadf.write(record))).isEqualTo(record);
    }
  }

  @Test
  void hasWhatEveryEventOfCadfMustHave() {
    JsonObject event =
        Json.createReader(new StringReader(Cadf.write(Records.created("s1")))).readObject();

    assertThat(event.keySet())
        .contains(
            "typeURI",
            "eventType",
            "id",
            "eventTime",
            "action",
            "outcome",
            "initiator",
            "target",
            "observer");
    assertThat(event.getString("eventTime")).isEqualTo("2026-11-27T12:00:00.000123+00:00");
    assertThat(event.getJsonObject("initiator").getString("name")).isEqualTo("alice");
  }

  @Test
  void isOneLine() {
    assertThat(Cadf.write(Records.failedInCloud())).doesNotContain("\n");
  }

  @Test
  void refusesWhatIsNoRecord() {
    assertThatIllegalArgumentException().isThrownBy(() -> Cadf.read("{}"));
    assertThatIllegalArgumentException().isThrownBy(() -> Cadf.read("no json"));
  }
}
