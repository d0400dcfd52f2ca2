package io.isthmus.itests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import io.isthmus.itests.SimulatedClouds;
import io.isthmus.itests.StackUnderTest;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** A creation that a cloud refuses: why is told first, a report can be taken away, and retried. */
@Isolated("makes weather")
class FailedCreationIT extends PortalTest {

  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      resources:
        disk: { type: OS::Cinder::Volume, properties: { size: 1 } }
      """;

  private static final String POLICY =
      """
      placement_policy_version: 2026-11-23
      rules:
        - { name: in syd, clouds: { any_of: [syd] } }
      """;

  private final SimulatedClouds clouds = new SimulatedClouds(system);

  @AfterEach
  void clearUp() throws Exception {
    clouds.clearWeather();
  }

  @Test
  void isToldWholeReportedAndRetried() throws Exception {
    clouds.weather(
        "syd",
        "[{\"method\": \"POST\", \"path\": \"/volumes$\","
            + " \"error_rate\": 1, \"error_status\": 400}]");
    String name = "retried-" + Long.toString(System.nanoTime(), Character.MAX_RADIX);
    StackUnderTest stack = StackUnderTest.of(alice, alice.plan(name, TEMPLATE, POLICY, Map.of()));

    portal.signIn("alice", "/stacks/" + stack.id());
    portal.await("CREATE_FAILED");
    assertThat(portal.page().getByText("disk · syd / SYD").first()).isVisible();
    assertThat(portal.page().getByText("POST block-storage/volumes").first()).isVisible();
    assertThat(
            portal
                .page()
                .getByText("1 resource is asked for again, in the same place: disk.")
                .first())
        .isVisible();

    Download report =
        portal
            .page()
            .waitForDownload(
                () -> portal.page().getByText("Download a report of the failure").click());
    assertThat(report.suggestedFilename()).isEqualTo(name + "-report.txt");
    assertThat(Files.readString(report.path()))
        .contains(stack.id(), "POST block-storage/volumes", "CREATE_FAILED");

    asksInTheListToo(name);
    portal.open("/stacks/" + stack.id());
    clouds.clearWeather();
    portal.press("Retry the creation");
    portal.await("CREATE_COMPLETE");
    assertThat(portal.page().getByText("What a retry does")).hasCount(0);
    stack.delete();
  }

  private void asksInTheListToo(String name) {
    portal.open("/stacks?q=" + name);
    assertThat(portal.page().locator(".sentence").first()).containsText("failed");
    portal.press("Retry the creation of “" + name + "”");
    assertThat(
            portal
                .page()
                .getByText("1 resource is asked for again, in the same place: disk.")
                .first())
        .isVisible();
    portal.press("Cancel");
    assertThat(portal.page().locator(".list tbody tr").first()).containsText("CREATE_FAILED");
  }
}
