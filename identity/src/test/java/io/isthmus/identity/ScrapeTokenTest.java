package io.isthmus.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.isthmus.domain.access.Caller;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScrapeTokenTest {

  private static final String TOKEN = "0123456789abcdef";
  private static final String PATH = "/v1/metrics";

  private final ScrapeToken scrapes = new ScrapeToken(Optional.of(TOKEN));

  @Test
  void opensTheMetricsAndNothingElse() {
    assertThat(scrapes.signIn(TOKEN, PATH))
        .hasValueSatisfying(
            reader -> {
              reader.caller().requireMetricsReader();
              assertThat(reader.caller().federationRoles()).containsExactly(Caller.METRICS_READER);
            });
    assertThat(scrapes.signIn(TOKEN, "/v1/clouds")).isEmpty();
    assertThat(scrapes.signIn(TOKEN + "0", PATH)).isEmpty();
    assertThat(scrapes.signIn("", PATH)).isEmpty();
  }

  @Test
  void isNobodysWhereNoneIsConfigured() {
    assertThat(new ScrapeToken(Optional.empty()).signIn("", PATH)).isEmpty();
  }

  @Test
  void refusesOneThatCanBeTriedOut() {
    assertThatThrownBy(() -> new ScrapeToken(Optional.of("short")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("isthmus.metrics.scrape-token")
        .hasMessageContaining("16");
  }
}
