package io.isthmus.itests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.isthmus.itests.BesideOthers;
import io.isthmus.itests.Person;
import io.isthmus.itests.Portal;
import jakarta.json.JsonObject;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@BesideOthers
class QuotaPagesIT extends PortalTest {

  private static final String PROJECT = "globex/demo";

  private final Person admin = new Person(system, "admin");

  @AfterEach
  void takeAway() throws Exception {
    for (JsonObject quota : admin.list("/quotas/tenants/globex")) {
      system.send(
          admin
              .request("/quotas/tenants/globex/projects/demo/" + quota.getString("extent"), "en")
              .header("If-Match", "*")
              .DELETE());
    }
  }

  @Test
  void anAdministratorSetsAQuotaAndTheProjectSeesItAtOnce() throws Exception {
    Portal bobs = new Portal(system.url());
    try {
      bobs.signIn("bob", "/quotas");
      bobs.await("The federation itself limits nothing");

      portal.signIn("admin", "/tenant-quotas");
      portal.page().getByRole(AriaRole.BUTTON, named("Set a quota")).first().click();
      portal.press("Save the quota");
      portal.await("This is needed.");
      Locator whose = portal.page().getByLabel("Whose");
      whose.fill(PROJECT);
      portal.page().getByRole(AriaRole.OPTION, options(PROJECT)).click();
      portal.fill("Servers", "7-");
      portal.await("A whole number from 0 to");
      portal.fill("Servers", "7");
      portal.press("Save the quota");
      assertThat(row()).containsText("Servers");
      assertThat(row()).containsText(" of 7");

      bobs.await("The project, in all clouds");
      bobs.await(" of 7");

      portal.page().getByRole(AriaRole.BUTTON, named("Set a quota")).first().click();
      whose.fill(PROJECT);
      portal.page().getByRole(AriaRole.OPTION, options(PROJECT)).click();
      portal.await("There is a quota already.");
      assertThat(portal.page().getByLabel("Servers")).hasValue("7");
      portal.press("Cancel");

      row().getByTitle("Remove the quota").click();
      portal.await("What " + PROJECT + " may have is not limited so any more (All clouds)");
      portal.fill("Type “" + PROJECT + "” to confirm", PROJECT);
      portal.press("Remove the quota");
      assertThat(row()).hasCount(0);
      bobs.await("The federation itself limits nothing");
    } finally {
      bobs.close();
    }
    assertThat(admin.list("/quotas/tenants/globex")).isEmpty();
  }

  @Test
  void whatIsTypedInADecisionIsKeptAndTheProjectIsToldOfIt() throws Exception {
    Person bob = new Person(system, "bob");
    system.send(
        admin
            .request("/quotas/tenants/globex/projects/demo/all", "en")
            .header("Content-Type", "application/json")
            .header("If-Match", "*")
            .PUT(HttpRequest.BodyPublishers.ofString("{\"limits\": {\"instances\": 5}}")));
    bob.post(
        "/quotas/requests",
        "{\"extent\": \"all\", \"reason\": \"the fair\", \"limits\": {\"instances\": 8}}",
        "en");
    portal.signIn("admin", "/notices?kind=QUOTA_ASKED");
    portal.await("bob asks for a larger quota for globex/demo: servers (all clouds).");
    portal.page().getByText("Requests for larger quotas").first().click();
    Locator deny = row().getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Deny"));
    deny.click();
    portal.fill("Reason for denying", "not this year");
    // Until the server knows it.
    portal
        .page()
        .waitForFunction("() => !Object.values(Vaadin.Flow.clients).some(one => one.isActive?.())");
    portal.open("/quota-requests?state=OPEN");
    deny.click();
    assertThat(portal.page().getByLabel("Reason for denying")).hasValue("not this year");
    portal
        .page()
        .getByRole(AriaRole.DIALOG)
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Deny"))
        .click();
    // By the row, since behind an open dialog no button is found by its role.
    assertThat(row()).hasCount(0);

    assertThat(bob.list("/notices?kind=quota-denied"))
        .anyMatch(notice -> notice.getString("text").contains("“not this year”"));
  }

  @Test
  void anAdministratorWithoutAProjectIsLedToWhatIsAkin() {
    portal.signIn("admin", "/quotas");
    portal.page().getByText("See the tenants’ quotas").click();
    assertThat(portal.heading()).hasText("Tenants’ quotas");
  }

  @Test
  void nobodyElseFindsThePage() {
    portal.signIn("bob", "/tenant-quotas");
    portal.await("Nothing is at “/tenant-quotas”");
  }

  private Locator row() {
    return portal
        .page()
        .locator(".list tbody tr")
        .filter(new Locator.FilterOptions().setHasText(PROJECT));
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }

  private static Page.GetByRoleOptions options(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }
}
