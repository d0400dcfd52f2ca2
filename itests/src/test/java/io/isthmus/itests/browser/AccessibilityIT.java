package io.isthmus.itests.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.isthmus.itests.StackUnderTest;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Pages that everybody can use, also without eyes or mouse, as far as a program can tell. */
@Isolated("a page that changes while it is looked at breaks rules in passing")
class AccessibilityIT extends AccessibilityTest {

  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      resources:
        disk: { type: OS::Cinder::Volume, properties: { size: 1 } }
      outputs:
        disk: { value: { get_resource: disk } }
      """;

  @Test
  void pagesKeepTheRulesForAccessibleContent() throws Exception {
    String name = "axe-" + Long.toString(System.nanoTime(), Character.MAX_RADIX);
    JsonObject plan = alice.plan(name, TEMPLATE, "", Map.of());
    StackUnderTest stack = StackUnderTest.of(alice, plan);
    stack.awaitComplete();
    portal.signIn("alice", "/");
    for (String path :
        List.of(
            "/",
            "/stacks",
            "/stacks?q=nothing-is-called-so",
            "/stacks?columns=name,id,updated_at&sort=name",
            "/stacks/new",
            "/plans",
            "/plans/" + plan.getString("id"),
            "/templates",
            "/policies",
            "/flavors-and-images",
            "/key-pairs",
            "/inventory/server",
            "/inventory/port?q=10.",
            "/quotas",
            "/usage",
            "/usage?period=LAST_12_MONTHS&by=cloud,stack,item&currency=EUR",
            "/usage?from=2026-01-01&to=2026-01-31",
            "/standing-policies",
            "/notices",
            "/api-access",
            "/no-such-page")) {
      assertAccessible(path);
    }
    for (String tab :
        List.of("", "/resources", "/topology", "/events", "/outputs", "/plan", "/template")) {
      assertAccessible("/stacks/" + stack.id() + tab);
    }
    portal.open("/stacks/" + stack.id() + "/topology");
    portal.page().getByRole(AriaRole.LISTBOX).press("Home");
    portal.page().getByRole(AriaRole.OPTION).getByText("disk").waitFor();
    assertAccessibleInEveryLook();
    portal.open("/stacks/" + stack.id() + "/resources");
    portal.page().getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("disk")).click();
    portal.page().getByText("Why here, and why not elsewhere?").click();
    portal.await("Why not elsewhere");
    assertAccessibleInEveryLook();
    portal.press("Delete");
    portal.page().getByRole(AriaRole.DIALOG).getByText("Lost: 1 × OS::Cinder::Volume").waitFor();
    assertAccessibleInEveryLook();
    portal.open("/stacks");
    portal.page().keyboard().press("/");
    portal.page().keyboard().type(name);
    portal.page().locator("[role=option]").first().waitFor();
    assertAccessibleInEveryLook();
    portal.open("/key-pairs");
    portal.press("Add a public key");
    portal.page().getByRole(AriaRole.DIALOG).getByLabel("Public key").first().waitFor();
    assertAccessibleInEveryLook();
    stack.delete();
  }
}
