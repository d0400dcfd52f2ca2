package io.isthmus.itests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import io.isthmus.itests.BesideOthers;
import org.junit.jupiter.api.Test;

/** Signing in and out of the portal. */
@BesideOthers
class SignInIT extends PortalTest {

  @Test
  void leadsToThePageThatWasAskedFor() {
    portal.signIn("alice", "/stacks?name=shop");
    assertThat(portal.page()).hasURL(system.url() + "/stacks?name=shop");
    assertThat(portal.heading()).hasText("Stacks");
  }

  @Test
  void showsTheCloudsOfTheProjectAndSaysThatThisIsAnEvaluation() {
    portal.signIn("alice", "/");
    assertThat(portal.page().getByRole(AriaRole.NOTE)).containsText("Evaluation");
    assertThat(portal.page().getByText("Rivage Gravelines")).isVisible();
    assertThat(portal.page().getByText("acme / demo")).isVisible();
  }

  @Test
  void anAddressWithoutAPageIsNotFound() {
    portal.signIn("alice", "/");
    Response answer = portal.page().navigate(system.url() + "/nothing/here");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(portal.heading()).hasText("There is no such page");
  }

  @Test
  void staysInFrenchOnceFrenchWasChosen() {
    portal.signIn("alice", "/stacks");
    portal.press("français");
    assertThat(portal.page().getByText("Nouvelle stack").first()).isVisible();
    portal.open("/");
    assertThat(portal.heading()).hasText("Vue d’ensemble");
    assertThat(portal.page().locator("html")).hasAttribute("lang", "fr");
  }
}
