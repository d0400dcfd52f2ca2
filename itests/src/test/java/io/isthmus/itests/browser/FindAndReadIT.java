package io.isthmus.itests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.isthmus.itests.Portal;
import io.isthmus.itests.SimulatedClouds;
import io.isthmus.itests.StackUnderTest;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Somebody looks for a stack, comes upon its server by search, and reads what that wrote. */
@Isolated("makes weather")
class FindAndReadIT extends PortalTest {

  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      resources:
        net: { type: OS::Neutron::Net }
        subnet: { type: OS::Neutron::Subnet, properties: { network: { get_resource: net }, cidr: 10.77.0.0/24 } }
        talker:
          type: OS::Nova::Server
          depends_on: subnet
          properties: { flavor: m1.small, image: debian-12, networks: [{ network: { get_resource: net } }] }
      """;

  private static final String POLICY =
      """
      placement_policy_version: 2026-11-23
      rules:
        - { name: in gra, clouds: { any_of: [gra] } }
      """;

  private final SimulatedClouds clouds = new SimulatedClouds(system);
  private final String name = "found-" + Long.toString(System.nanoTime(), Character.MAX_RADIX);

  @AfterEach
  void clearUp() throws Exception {
    clouds.clearWeather();
  }

  @Test
  void listsFindsAndReadsTheConsole() throws Exception {
    StackUnderTest stack = StackUnderTest.of(alice, alice.plan(name, TEMPLATE, POLICY, Map.of()));
    stack.awaitComplete();
    portal.signIn("alice", "/stacks?q=" + name + "&sort=name:desc");

    listsWhatTheAddressAsksFor(stack);
    searchesTheStory(stack);
    String address = address(stack);
    findsByAddressWithTheKeyboardAlone(stack, address);
    readsTheConsole();
    saysThatTheCloudIsAway();
    tellsOthersNothing(address);

    clouds.clearWeather();
    stack.delete();
  }

  private void listsWhatTheAddressAsksFor(StackUnderTest stack) throws Exception {
    Page page = portal.page();
    Locator rows = page.locator(".list tbody tr");
    assertThat(rows).hasCount(1);
    assertThat(page.getByRole(AriaRole.COLUMNHEADER, named("Name")))
        .hasAttribute("aria-sort", "descending");
    Download csv =
        page.waitForDownload(
            () -> page.getByRole(AriaRole.LINK, link("Download as CSV: Stacks")).click());
    assertThat(csv.suggestedFilename()).isEqualTo("stacks.csv");
    assertThat(Files.readString(csv.path()))
        .startsWith("\uFEFFName,")
        .contains("\r\n" + name + ",")
        .contains("CREATE_COMPLETE");

    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Name").setExact(true))
        .click();
    page.waitForURL(Pattern.compile(".*sort=name(:|%3A)asc.*"));
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Delete “" + name + "”"))
        .click();
    Locator dialog = page.getByRole(AriaRole.DIALOG);
    assertThat(dialog.getByText("3 resources are deleted in their clouds").first()).isVisible();
    assertThat(dialog.getByText("1 × OS::Nova::Server").first()).isVisible();
    page.goBack();
    assertThat(dialog).not().isVisible();

    page.getByLabel("Select " + name).check();
    portal.press("Delete 1 stack");
    assertThat(dialog.getByText("“" + name + "”: 3 resources are lost, in gra.")).isVisible();
    page.keyboard().press("Escape");
    portal.press("Clear the selection");
    assertThat(page.getByLabel("Select " + name)).not().isChecked();

    Locator age = rows.first().locator("isthmus-age");
    String before = age.textContent();
    // A minute, once the stack is older than one.
    assertThat(age)
        .not()
        .hasText(before, new LocatorAssertions.HasTextOptions().setTimeout(2 * 60_000));
    assertThat(age).hasText(Pattern.compile("\\d+ (s|min) ago"));

    portal.open("/stacks?q=nothing-is-called-so");
    portal.press("Clear search and filters");
    assertThat(page.getByText(name).first()).isVisible();
    assertThat(stack.look().getString("status")).isEqualTo("CREATE_COMPLETE");
  }

  private void searchesTheStory(StackUnderTest stack) throws IOException {
    Page page = portal.page();
    String events = "/stacks/" + stack.id() + "/events";
    portal.open(events + "?q=talker%20ready&kind=RESOURCE&cloud=gra");
    Locator rows = page.locator(".list tbody tr");
    assertThat(rows).hasCount(1);
    assertThat(rows.first()).containsText("Server talker is ready in gra");
    Download csv =
        page.waitForDownload(
            () -> page.getByRole(AriaRole.LINK, link("Download as CSV: Events")).click());
    assertThat(Files.readString(csv.path())).contains("Server talker is ready in gra");

    portal.open(events + "?kind=FAILURE");
    portal.press("Clear search and filters");
    assertThat(rows.first()).containsText("is complete");
    page.getByRole(AriaRole.BUTTON, named("Time")).click();
    page.waitForURL(Pattern.compile(".*sort=at(:|%3A)asc.*"));
    assertThat(rows.first()).containsText("was asked for by alice");
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private static Page.GetByRoleOptions link(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }

  private static String address(StackUnderTest stack) throws IOException, InterruptedException {
    JsonObject server =
        stack.resources().stream()
            .filter(part -> part.getString("resource").equals("talker"))
            .findFirst()
            .orElseThrow();
    return server.getJsonArray("addresses").getString(0);
  }

  private void findsByAddressWithTheKeyboardAlone(StackUnderTest stack, String address) {
    Page page = portal.page();
    portal.heading().click();
    page.keyboard().press("/");
    page.keyboard().type(address);
    Locator options = page.getByRole(AriaRole.OPTION);
    assertThat(options.filter(new Locator.FilterOptions().setHasText("talker")).first())
        .isVisible();
    page.keyboard().press("ArrowDown");
    assertThat(options.first()).hasAttribute("aria-selected", "true");
    while (!options
        .filter(new Locator.FilterOptions().setHasText("talker"))
        .first()
        .getAttribute("aria-selected")
        .equals("true")) {
      String before = selected();
      page.keyboard().press("ArrowDown");
      page.waitForCondition(() -> !selected().equals(before));
    }
    page.keyboard().press("Enter");
    page.waitForURL(Pattern.compile(".*/stacks/" + stack.id() + "/resources\\?resource=talker.*"));
    assertThat(page.locator(".details-panel").getByText(address).first()).isVisible();
  }

  private String selected() {
    return portal.page().locator("[role=option][aria-selected=true]").first().getAttribute("id");
  }

  private void readsTheConsole() {
    portal.press("Show the console log");
    Locator log = portal.page().getByRole(AriaRole.REGION, named("Console log"));
    assertThat(log).containsText("Reached target Multi-User System.");
    assertThat(log).not().containsText("\u001b");
  }

  private void saysThatTheCloudIsAway() throws Exception {
    clouds.weather("gra", "[{\"outage\": \"unavailable\"}]");
    portal.press("Read again");
    assertThat(portal.page().locator(".console [role=alert]")).containsText("gra");
  }

  private void tellsOthersNothing(String address) {
    try (Portal other = new Portal(system.url())) {
      other.signIn("bob", "/");
      other.page().keyboard().press("/");
      other.page().keyboard().type(address);
      assertThat(other.page().locator(".search-told")).containsText("Nothing here");
      assertThat(other.page().getByRole(AriaRole.OPTION)).hasCount(0);
    }
  }
}
