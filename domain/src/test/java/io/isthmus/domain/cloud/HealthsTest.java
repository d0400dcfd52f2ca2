package io.isthmus.domain.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.language.Phrase;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HealthsTest {

  private static final Instant NOW = Instant.parse("2026-11-25T03:00:00Z");

  @Test
  void namesTheServicesThatFailAndWhyInTheReadersLanguage() {
    CloudInventory inventory =
        Samples.inventory(
            Optional.of(
                Phrase.of(
                    "driver.cloud-unavailable-no-answer",
                    "gra",
                    "GET block-storage/",
                    Phrase.of("driver.why.refused"))));
    CloudHealth health = Healths.after(Healths.NEVER_SEEN, inventory, NOW);
    assertThat(health.state()).isEqualTo(CloudHealth.State.DEGRADED);
    Phrase reason = health.reason().orElseThrow();
    assertThat(reason.in(Locale.ENGLISH))
        .isEqualTo(
            "Of no use at the moment: block-storage (R-1). Cloud gra could not be reached for"
                + " GET block-storage/: the connection was refused.");
    assertThat(reason.in(Locale.FRENCH))
        .isEqualTo(
            "Inutilisables en ce moment\u00a0: block-storage (R-1). Le cloud gra n’a pas pu être joint"
                + " pour GET block-storage/\u00a0: la connexion a été refusée.");
  }

  @Test
  void readsAProblemThatWasStoredInEnglishWords() {
    CloudInventory inventory = Samples.inventory(Optional.of(Phrase.verbatim("answered 503")));
    String stored =
        InventoryJson.write(inventory)
            .text()
            .replace(
                "{\"key\":\"language.verbatim\",\"arguments\":[\"answered 503\"]}",
                "\"answered 503\"");
    assertThat(stored).contains("\"problem\":\"answered 503\"");
    assertThat(InventoryJson.read(stored)).isEqualTo(inventory);
  }
}
