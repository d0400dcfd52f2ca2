package io.isthmus.itests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.isthmus.itests.BesideOthers;
import io.isthmus.itests.StackUnderTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the project has in its clouds, as the portal lists it. */
@BesideOthers
class InventoryIT extends PortalTest {

  private static final int SHOWN_MILLIS = 60_000;
  private static final String NAME = "listed-5e2";

  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      resources:
        net: {type: OS::Neutron::Net, properties: {name: %s}}
      """
          .formatted(NAME);

  private static final String POLICY =
      """
      placement_policy_version: 2026-11-23
      rules: [{name: there, clouds: {any_of: [gra]}}]
      """;

  @Test
  void aNetworkShowsByItselfLeadsToItsStackAndTellsItsDetails() throws Exception {
    portal.signIn("alice", "/inventory/network?q=" + NAME);
    assertThat(portal.heading()).hasText("Inventory");
    StackUnderTest stack =
        StackUnderTest.of(alice, alice.plan("listed", TEMPLATE, POLICY, Map.of()));
    stack.awaitComplete();

    LocatorAssertions.IsVisibleOptions patient =
        new LocatorAssertions.IsVisibleOptions().setTimeout(SHOWN_MILLIS);
    assertThat(row()).isVisible(patient);
    assertThat(row()).containsText("gra");
    assertThat(row()).containsText("listed");
    portal.await("As of");

    row().getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(NAME)).click();
    assertThat(portal.heading()).hasText(NAME);
    portal.await("What the cloud tells");
    portal
        .page()
        .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("listed").setExact(true))
        .click();
    assertThat(portal.heading()).hasText("listed");
    stack.delete();
  }

  @Test
  void administratorsSeeTheAgesOfACloudsLists() {
    portal.signIn("admin", "/clouds/gra/mirror");
    portal.await("Security groups");
    portal.await("Strays");
  }

  private Locator row() {
    return portal
        .page()
        .locator(".list tbody tr")
        .filter(new Locator.FilterOptions().setHasText(NAME))
        .first();
  }
}
