package io.isthmus.rest.problem;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.isthmus.domain.fault.FederationFault;
import jakarta.json.stream.JsonParsingException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WellFormedBodiesTest {

  private static void check(String body) {
    WellFormedBodies.check(body.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "null", " [1, {\"a\": [true]}] ", "{\"a\": \"\\ud800\"}"})
  void letsWholeDocumentsThrough(String body) {
    assertThatCode(() -> check(body)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{  ", "{\"a\": {\"b\": ", "[1, 2", "{} {}", "{'a': 1}", "\"open", "nul"})
  void refusesWhatDoesNotEnd(String body) {
    assertThatThrownBy(() -> check(body)).isInstanceOf(JsonParsingException.class);
  }

  @Test
  void refusesWhatIsNestedTooDeeply() {
    int most = WellFormedBodies.DEEPEST;
    assertThatCode(() -> check("[".repeat(most) + "]".repeat(most))).doesNotThrowAnyException();
    assertThatThrownBy(() -> check("[".repeat(most + 1) + "]".repeat(most + 1)))
        .isInstanceOf(FederationFault.class)
        .hasMessageContaining("100");
    assertThatThrownBy(() -> check("{\"a\":".repeat(20_000))).isInstanceOf(FederationFault.class);
  }
}
