package io.isthmus.itests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.isthmus.itests.Person;
import io.isthmus.itests.Portal;
import io.isthmus.itests.StackUnderTest;
import jakarta.json.JsonObject;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Somebody keeps a policy and a plan, and comes back to them. */
@Isolated("makes a policy the default of the project")
class KeptForLaterIT extends PortalTest {

  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      resources:
        disk: { type: OS::Cinder::Volume, properties: { size: 1 } }
      """;

  private final String name = "kept-" + Long.toString(System.nanoTime(), Character.MAX_RADIX);

  /** A default that stayed would be every other journey's policy too. */
  @AfterEach
  void leaveNoPolicyBehind() throws Exception {
    alice.delete("/policies/" + name);
  }

  @Test
  void savesAPolicyMakesItTheDefaultAndForgetsIt() throws Exception {
    Page page = portal.page();
    portal.signIn("alice", "/stacks/new?sample=shop");
    portal.fill("Name of the stack", name);
    portal.press("Next");
    portal.press("Save the policy…");
    Locator dialog = page.getByRole(AriaRole.DIALOG);
    dialog.getByLabel("Name").first().fill(name);
    dialog.getByLabel("Description").first().fill("where the shop may run");
    dialog
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Save").setExact(true))
        .click();
    assertThat(page.getByText("Saved as “" + name + "”, version 1.").first()).isVisible();

    portal.open("/policies?q=" + name);
    assertThat(page.locator(".list tbody tr")).hasCount(1);
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true)).click();
    assertThat(portal.heading()).hasText(name);
    portal.press("Make it the default");
    assertThat(page.getByText("the project’s default").first()).isVisible();
    assertThat(saved().getBoolean("is_default")).isTrue();

    portal.open("/stacks/new");
    page.locator("isthmus-editor .cm-content").first().click();
    page.keyboard().insertText(TEMPLATE);
    portal.press("Next");
    portal.fill("Name of the stack", name);
    portal.press("Next");
    String stands = "The project’s default “" + name + "” stands";
    assertThat(page.getByText(stands).first()).isVisible();
    assertThat(page.locator("isthmus-editor").first()).containsText("placement_policy_version");
    portal.press("Next");
    // Its rules about nothing in this template do not matter, as they would if it were written.
    assertThat(page.getByText("Create 1 resource").first()).isVisible();
    portal.press("Back");
    portal.press("No policy");
    assertThat(page.getByText(stands).first()).isHidden();

    portal.open("/policies/" + name);
    portal.press("Stop using as default");
    assertThat(page.getByText("the project’s default")).hasCount(0);
    assertThat(saved().getBoolean("is_default")).isFalse();

    portal.press("Delete");
    Locator asked = page.getByRole(AriaRole.DIALOG);
    assertThat(asked.getByText("Stacks that were made from it keep their own copy.").first())
        .isVisible();
    portal.fill("Type “" + name + "” to confirm", name);
    asked
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Delete").setExact(true))
        .click();
    page.waitForURL(Pattern.compile(".*/policies$"));
    assertThat(alice.get("/policies/" + name).statusCode()).isEqualTo(404);
  }

  private JsonObject saved() throws Exception {
    return alice.look("/policies/" + name).asJsonObject();
  }

  @Test
  void makesAStackOfAPlanThatWasKeptAndFindsItThere() throws Exception {
    JsonObject plan = alice.plan(name, TEMPLATE, "", Map.of());
    Page page = portal.page();
    portal.signIn("alice", "/plans?q=" + name);
    assertThat(page.locator(".list tbody tr")).hasCount(1);
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true)).click();
    assertThat(portal.heading()).hasText(name);
    portal.press("Create 1 resource");
    page.waitForURL(Pattern.compile(".*/stacks/[0-9a-f-]{36}"));
    String stack = page.url().replaceFirst(".*/", "");
    portal.await("CREATE_COMPLETE");

    portal.open("/plans/" + plan.getString("id"));
    assertThat(page.getByText("It became a stack").first()).isVisible();
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("See the stack")).click();
    page.waitForURL(Pattern.compile(".*/stacks/" + stack));
    new StackUnderTest(alice, stack).delete();
  }

  @Test
  void forgetsAPlanAndShowsNoneOfAnotherTenant() throws Exception {
    JsonObject plan = alice.plan(name, TEMPLATE, "", Map.of());
    try (Portal other = new Portal(system.url())) {
      other.signIn("bob", "/plans?q=" + name);
      assertThat(other.page().getByText("Nothing matches").first()).isVisible();
      other.open("/plans/" + plan.getString("id"));
      assertThat(other.page().getByText(name)).hasCount(0);
    }
    portal.signIn("alice", "/plans/" + plan.getString("id"));
    portal.press("Remove the plan");
    Locator asked = portal.page().getByRole(AriaRole.ALERTDIALOG);
    asked
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Remove the plan"))
        .click();
    portal.page().waitForURL(Pattern.compile(".*/plans$"));
    Person.read(alice.get("/plans/" + plan.getString("id")), 404);
  }

  @Test
  void findsAPlanAndTellsWhoLooksAtItThatItWasRemovedMeanwhile() throws Exception {
    String plan = alice.plan(name, TEMPLATE, "", Map.of()).getString("id");
    Page page = portal.page();
    portal.signIn("alice", "/");
    portal.heading().click();
    page.keyboard().press("/");
    page.keyboard().type(name);
    assertThat(
            page.getByRole(AriaRole.OPTION)
                .filter(new Locator.FilterOptions().setHasText(name))
                .first())
        .isVisible();
    page.keyboard().press("Enter");
    page.waitForURL(Pattern.compile(".*/plans/" + plan));
    assertThat(page.getByText("Create 1 resource").first()).isVisible();

    assertThat(alice.delete("/plans/" + plan).statusCode()).isEqualTo(204);
    portal.await("This plan was removed");
    assertThat(page.getByText("Create 1 resource")).hasCount(0);
  }
}
