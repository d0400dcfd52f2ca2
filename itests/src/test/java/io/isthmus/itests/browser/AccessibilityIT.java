package io.isthmus.itests.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ViewportSize;
import io.isthmus.itests.StackUnderTest;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Pages that everybody can use, also without eyes or mouse, as far as a program can tell. */
class AccessibilityIT extends PortalTest {

  private static final List<String> TAGS = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa");

  private static final ViewportSize WIDE = new ViewportSize(1440, 900);
  private static final ViewportSize NARROW = new ViewportSize(390, 844);

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

  @Test
  void stepsToANewStackKeepThem() {
    portal.signIn("alice", "/stacks/new?sample=sovereign");
    portal.fill("Name of the stack", "axe");
    assertAccessible();
    portal.press("Next");
    portal.await("Where it may run");
    assertAccessibleInEveryLook();
    portal.press("Next");
    portal.await("Not everything has a place");
    assertAccessibleInEveryLook();
  }

  @Test
  void theAdministratorsPagesKeepThem() {
    portal.signIn("admin", "/clouds");
    Stream.of(
            "/clouds",
            "/clouds/gra",
            "/clouds/gra/regions",
            "/clouds/gra/flavors",
            "/clouds/gra/images",
            "/clouds/gra/networks",
            "/clouds/gra/limits",
            "/clouds/gra/accesses",
            "/clouds/gra/equivalences",
            "/clouds/add/entry",
            "/campaigns",
            "/campaigns/new",
            "/drains",
            "/lost-clouds",
            "/drains/begin/gra",
            "/insurance/gra",
            "/capabilities",
            "/audit",
            "/audit/0",
            "/tenant-quotas",
            "/quota-requests",
            "/usage",
            "/prices",
            "/prices/gra",
            "/exchange-rates",
            "/standing-policies/default")
        .forEach(this::assertAccessible);
  }

  private void assertAccessible(String path) {
    portal.open(path);
    assertAccessible();
  }

  private void assertAccessible() {
    assertAccessible("light, wide", WIDE);
  }

  /** As it is, and then dark on a phone; not everywhere, as it takes its time. */
  private void assertAccessibleInEveryLook() {
    assertAccessible();
    String look = (String) portal.page().evaluate("document.body.getAttribute('theme') ?? ''");
    portal.page().evaluate("document.body.setAttribute('theme', 'dark')");
    assertAccessible("dark, narrow", NARROW);
    portal.page().evaluate("look => document.body.setAttribute('theme', look)", look);
    portal.page().setViewportSize(WIDE.width, WIDE.height);
  }

  private void assertAccessible(String how, ViewportSize size) {
    portal.page().setViewportSize(size.width, size.height);
    // No page here has frames, for which alone axe would open another page of its own each time.
    List<Rule> broken =
        new AxeBuilder(portal.page()).withTags(TAGS).setLegacyMode(true).analyze().getViolations();
    assertThat(broken)
        .as(portal.page().url() + ", " + how)
        .extracting(rule -> rule.getId() + ": " + rule.getHelp() + " " + rule.getNodes())
        .isEmpty();
  }
}
