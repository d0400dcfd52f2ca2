package io.isthmus.itests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import io.isthmus.itests.Portal;
import io.isthmus.itests.Realm;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** A sign-in ends while somebody types; what was typed does not. */
@Isolated(
    "shortens how long everybody is signed in, and signs out, which forgets what a person typed")
class SignInEndsIT extends PortalTest {

  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      description: typed by hand
      parameters:
        size: { type: number, default: 1 }
      resources:
        disk: { type: OS::Cinder::Volume, properties: { size: { get_param: size } } }
      """;

  /** Long enough to type, and to be warned in the second half of it. */
  private static final int SHORT_SIGN_IN_SECONDS = 140;

  private static final double PATIENCE_MILLIS = 200_000;

  private static final Pattern PARAMETERS = Pattern.compile(".*/stacks/new/[^/]+/parameters$");

  @Test
  void aDraftIsThereAgainAfterTheSessionWasLost() {
    portal.signIn("alice", "/stacks/new");
    Page page = portal.page();
    type(portal, "kept");
    String address = page.url();
    page.context().clearCookies(new BrowserContext.ClearCookiesOptions().setName("JSESSIONID"));

    portal.fill("Name of the stack", "typed after the end");
    Locator over = page.locator(".v-system-error");
    assertThat(over).containsText("Your session has ended");
    over.click();

    page.waitForURL(address);
    assertTyped(portal, "kept");
  }

  @Test
  void anEntryOfACloudIsThereAgainWithAWordAboutItUntilItsPersonSignsOut() {
    portal.signIn("admin", "/clouds/add/entry");
    Page page = portal.page();
    portal.write(portal.editor(0), "typed-by-hand:\n  auth:\n    auth_url: nowhere\n");
    assertThat(page.locator(".findings").first()).containsText("auth_url");
    page.context().clearCookies(new BrowserContext.ClearCookiesOptions().setName("JSESSIONID"));

    portal.open("/clouds/add/entry");
    assertThat(page.getByText("What you had typed here and not sent is still there.")).isVisible();
    assertThat(portal.editor(0)).containsText("typed-by-hand");

    page.navigate(system.url() + "/logout");
    portal.signIn("admin", "/clouds/add/entry");
    assertThat(portal.editor(0)).not().containsText("typed-by-hand");
  }

  @Test
  void endsAtBothEnds() {
    portal.signIn("alice", "/");
    portal.page().navigate(system.url() + "/logout");
    portal.page().navigate(system.url() + "/stacks");
    assertThat(portal.page().locator("#username")).isVisible();
  }

  @Test
  void warnsInTimeAndLeadsThroughSignInBackToWhatWasTyped() throws Exception {
    Realm realm = new Realm(system);
    int before = realm.longestSignInSeconds();
    realm.setLongestSignInSeconds(SHORT_SIGN_IN_SECONDS);
    try (Portal other = new Portal(system.url(), "fr-FR")) {
      portal.signIn("alice", "/stacks/new");
      type(portal, "in-time");
      String address = portal.page().url();
      other.signIn("bob", "/stacks");

      assertThat(portal.page().locator("#sign-in-watch"))
          .containsText("Your sign-in ends at", patiently());
      portal.press("Sign in again");
      portal.authenticate("alice");
      assertThat(portal.page()).hasURL(address);
      assertTyped(portal, "in-time");

      assertThat(other.page().locator("#sign-in-watch"))
          .containsText("Votre connexion prend fin à", patiently());
      // Nobody touches that page; it says by itself that it is over.
      assertThat(other.page().locator(".v-system-error"))
          .containsText("Votre session est terminée", patiently());
    } finally {
      realm.setLongestSignInSeconds(before);
    }
  }

  private static LocatorAssertions.ContainsTextOptions patiently() {
    return new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE_MILLIS);
  }

  private static void type(Portal portal, String name) {
    portal.write(portal.editor(0), TEMPLATE);
    portal.press("Next");
    portal.page().waitForURL(PARAMETERS);
    portal.fill("Name of the stack", name);
    portal.fill("size", "7");
    // Said by the server, which knows all that was typed before.
    portal.fill("Name of the stack", "");
    assertThat(portal.page().locator("#stack-name")).containsText("Give the stack a name.");
    portal.fill("Name of the stack", name);
    assertThat(portal.page().locator("#stack-name")).not().containsText("Give the stack a name.");
  }

  private static void assertTyped(Portal portal, String name) {
    assertThat(portal.page().getByLabel("Name of the stack").first()).hasValue(name);
    assertThat(portal.page().getByLabel("size").first()).hasValue("7");
    portal.press("Back");
    assertThat(portal.editor(0)).containsText("typed by hand");
  }
}
