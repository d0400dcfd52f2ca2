package io.isthmus.ui.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContentServletTest {

  /** The widget asks for the offset after 409, waits after 429, and gives up after 410. */
  @Test
  void whatAskingForTheOffsetSolvesIsToldFromWhatFailsForGood() {
    Phrase words = Phrase.of("image.is-whole", "debian");
    FederationFault elsewhere =
        new FederationFault(
            FaultCode.CONFLICT,
            words,
            List.of(),
            Json.createObjectBuilder().add("offset", 100).build(),
            null);

    assertThat(ContentServlet.status(elsewhere)).isEqualTo(409);
    assertThat(ContentServlet.status(new FederationFault(FaultCode.REQUEST_IN_PROGRESS, words)))
        .isEqualTo(409);
    assertThat(ContentServlet.status(new FederationFault(FaultCode.CONFLICT, words)))
        .isEqualTo(410);
    assertThat(ContentServlet.status(new FederationFault(FaultCode.TOO_MANY, words)))
        .isEqualTo(429);
  }
}
