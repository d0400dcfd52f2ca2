package io.isthmus.itests.fault;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.isthmus.itests.Await;
import io.isthmus.itests.Person;
import io.isthmus.itests.Portal;
import io.isthmus.itests.RunningSystem;
import io.isthmus.itests.Shop;
import io.isthmus.itests.SimulatedClouds;
import io.isthmus.itests.StackUnderTest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Of two servers behind a balancer one dies in the middle of everything. */
@Tag("nodes")
class TwoNodesIT {

  private static final double PATIENCE_MILLIS = 60_000;

  /** Until a server that does not answer is left alone, with some time to spare. */
  private static final Duration LEFT_ALONE = Duration.ofSeconds(15);

  private static final int STACKS = 3;

  private static final Pattern PARAMETERS = Pattern.compile(".*/stacks/new/[^/]+/parameters$");
  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      description: typed by hand
      parameters:
        size: { type: number, default: 1 }
      resources:
        disk: { type: OS::Cinder::Volume, properties: { size: { get_param: size } } }
      """;

  private final RunningSystem system = new RunningSystem();
  private final Person alice = new Person(system, "alice");
  private final SimulatedClouds clouds = new SimulatedClouds(system);
  private final Launcher launcher = new Launcher(system);
  private final List<String> shown = new CopyOnWriteArrayList<>();

  @BeforeEach
  void awaitClouds() throws Exception {
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    system.awaitClouds(alice);
  }

  @AfterEach
  void clearUp() throws Exception {
    clouds.clearWeather();
  }

  @Test
  void theOtherFinishesTheWorkAndItsPeopleGoOnWhereTheyWere() throws Exception {
    int servers = clouds.count("servers");
    try (Portal portal = new Portal(system.url())) {
      portal.signIn("alice", "/stacks/new");
      Page page = portal.page();
      type(portal);
      String address = page.url();
      int node = node(portal);
      page.evaluate("window.$before = true");
      page.onFrameNavigated(frame -> shown.add(frame.url()));

      // Slow clouds, so that the kill falls into the middle.
      for (String cloud : SimulatedClouds.NAMES) {
        clouds.weather(cloud, "[{\"latency_ms\": 300}]");
      }
      List<StackUnderTest> stacks = new ArrayList<>();
      for (int i = 0; i < STACKS; i++) {
        stacks.add(StackUnderTest.of(alice, Shop.plan(alice, "two-nodes-" + i, 4)));
      }
      for (StackUnderTest stack : stacks) {
        Await.until(
            Duration.ofMinutes(2), "some parts are made", stack::partsDone, done -> done >= 2);
      }
      launcher.node("kill", node);
      assertThat(clouds.count("servers")).as("at the kill").isLessThan(servers + STACKS * 5);

      // Nobody touches the page.
      page.waitForFunction("!window.$before && !!document.querySelector('#stack-name')");
      assertThat(page.url()).isEqualTo(address);
      assertThat(shown).as("pages on the way").allMatch(url -> url.startsWith(system.url() + "/"));
      assertThat(node(portal)).isNotEqualTo(node);
      assertTyped(portal);

      Await.until(
          LEFT_ALONE,
          "the API answers",
          () -> {
            HttpResponse<String> answer = alice.get("/caller");
            return answer.statusCode();
          },
          status -> status == 200);
      clouds.clearWeather();
      for (StackUnderTest stack : stacks) {
        stack.awaitComplete();
      }
      assertThat(clouds.count("servers")).isEqualTo(servers + STACKS * 5);
      for (StackUnderTest stack : stacks) {
        assertThat(stack.resources())
            .extracting(
                part ->
                    part.getString("type")
                        + " "
                        + part.getString("region")
                        + " "
                        + part.getString("physical_id"))
            .doesNotHaveDuplicates();
      }

      launcher.node("start", node);
      launcher.node("stop", other(node));
      portal.open("/stacks");
      assertThat(node(portal)).isEqualTo(node);
      for (StackUnderTest stack : stacks) {
        stack.delete();
      }
      assertThat(clouds.count("servers")).isEqualTo(servers);
    }
  }

  private static void type(Portal portal) {
    portal.write(portal.editor(0), TEMPLATE);
    portal.press("Next");
    portal.page().waitForURL(PARAMETERS);
    portal.fill("Name of the stack", "typed-before");
    portal.fill("size", "7");
    // Said by the server, which knows all that was typed before.
    portal.fill("Name of the stack", "");
    assertThat(portal.page().locator("#stack-name")).containsText("Give the stack a name.");
    portal.fill("Name of the stack", "typed-before");
    assertThat(portal.page().locator("#stack-name")).not().containsText("Give the stack a name.");
  }

  private static void assertTyped(Portal portal) {
    assertThat(portal.page().getByLabel("Name of the stack").first()).hasValue("typed-before");
    assertThat(portal.page().getByLabel("size").first()).hasValue("7");
    portal.press("Back");
    assertThat(portal.editor(0)).containsText("typed by hand");
  }

  /** Where the balancer keeps the browser. */
  private static int node(Portal portal) {
    return portal.page().context().cookies().stream()
        .filter(cookie -> cookie.name.equals("isthmus-node"))
        .map(cookie -> Integer.parseInt(cookie.value.replaceFirst("node", "")))
        .findFirst()
        .orElseThrow();
  }

  private static int other(int node) {
    return 3 - node;
  }
}
