package io.isthmus.domain.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.template.DeletionPolicy;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PartViewTest {

  private static PartView part(StackStatus status, String id, FaultCode trouble) {
    return new PartView(
        new PartId("port", new CloudId("gra"), "GRA-1"),
        "OS::Neutron::Port",
        1,
        Optional.empty(),
        status,
        StackHealth.UNKNOWN,
        "name",
        Optional.ofNullable(id),
        Optional.empty(),
        List.of(),
        Optional.ofNullable(trouble)
            .map(
                code ->
                    new Trouble(
                        code, Phrase.verbatim("no"), JsonValue.EMPTY_JSON_OBJECT, Instant.EPOCH)),
        List.of(),
        Set.of(),
        1,
        Optional.empty(),
        DeletionPolicy.DELETE,
        Instant.EPOCH);
  }

  @Test
  void mayExistUnlessItCertainlyDoesNot() {
    assertThat(part(StackStatus.CREATED, "id", null).mayExist()).isTrue();
    assertThat(part(StackStatus.CREATING, null, null).mayExist()).as("under way").isTrue();
    assertThat(part(StackStatus.CREATE_FAILED, null, FaultCode.CLOUD_TIMEOUT).mayExist())
        .as("nobody knows what became of the call")
        .isTrue();
    assertThat(part(StackStatus.CREATE_FAILED, "id", FaultCode.CLOUD_REJECTED).mayExist())
        .as("made, and broken")
        .isTrue();

    assertThat(part(StackStatus.CREATE_FAILED, null, FaultCode.CLOUD_REJECTED).mayExist())
        .as("refused")
        .isFalse();
    assertThat(part(StackStatus.INIT, null, null).mayExist()).isFalse();
    assertThat(part(StackStatus.DELETED, "id", null).mayExist()).isFalse();
  }
}
