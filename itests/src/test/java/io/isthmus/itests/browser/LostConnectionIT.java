package io.isthmus.itests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.isthmus.itests.BesideOthers;
import io.isthmus.itests.Portal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A connection that is lost says so, and comes back with what was typed meanwhile. */
@BesideOthers
class LostConnectionIT extends PortalTest {

  @ParameterizedTest
  @CsvSource({
    "en-GB, The connection to the server is lost., The connection is back., There is no resource type",
    "fr-FR, La connexion au serveur est perdue., La connexion est rétablie., Il n’y a pas ici de type",
  })
  void isToldInTheReadersLanguage(String language, String lost, String back, String mistake) {
    try (Portal reader = new Portal(system.url(), language)) {
      reader.signIn("alice", "/stacks/new");
      Page page = reader.page();
      Locator told = page.locator("vaadin-connection-indicator .v-status-message");
      page.context().setOffline(true);
      reader.write(
          reader.editor(0),
          "heat_template_version: 2018-08-31\nresources:\n  a: {type: OS::No::Such}\n");
      assertThat(told).containsText(lost);
      assertThat(told).hasCSS("opacity", "1");

      page.context().setOffline(false);
      assertThat(told).containsText(back);
      assertThat(page.locator(".findings").first()).containsText(mistake);
    }
  }
}
