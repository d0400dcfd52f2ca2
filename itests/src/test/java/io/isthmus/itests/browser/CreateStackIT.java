package io.isthmus.itests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.isthmus.itests.BesideOthers;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** From a sample to a running stack, and to its end. */
@BesideOthers
class CreateStackIT extends PortalTest {

  @Test
  void makesTheSampleOnThreeCloudsAndDeletesIt() throws Exception {
    String name = "shop-" + Long.toString(System.nanoTime(), Character.MAX_RADIX);
    portal.signIn("alice", "/stacks/new?sample=shop");
    portal.fill("Name of the stack", name);
    portal.press("Next");
    assertThat(portal.page().getByText("Start from an example")).isVisible();
    portal.press("Next");
    assertThat(portal.page().getByText("What goes where, and why").first()).isVisible();
    assertThat(portal.page().getByText("3 clouds: bhs, gra, syd").first()).isVisible();

    portal.press(Pattern.compile("Create \\d+ resources"));
    portal.page().waitForURL(Pattern.compile(".*/stacks/[0-9a-f-]{36}.*"));
    assertThat(portal.heading()).hasText(name);
    portal.await("CREATE_COMPLETE");

    String stack = portal.page().url().substring(system.url().toString().length());
    portal.open(stack + "/resources");
    assertThat(portal.page().getByText("web/0").first()).isVisible();
    portal.open(stack + "/outputs");
    assertThat(portal.page().getByText("db_address").first()).isVisible();

    portal.open(stack);
    portal.press("Delete");
    assertThat(confirmation()).isDisabled();
    portal.fill("Type “" + name + "” to confirm", name);
    confirmation().click();
    portal.await("DELETE_COMPLETE");
  }

  private Locator confirmation() {
    return portal
        .page()
        .getByRole(
            AriaRole.BUTTON,
            new Page.GetByRoleOptions().setName(Pattern.compile("Delete \\d+ resources")));
  }

  @Test
  void keepsWhatWasTypedWhenGoingBackAndSaysWhatIsWrongAtTheField() {
    portal.signIn("alice", "/stacks/new?sample=shop");
    portal.fill("Name of the stack", "1st");
    portal.fill("Web servers", "many");
    portal.press("Next");
    assertThat(portal.page().getByText("many").first()).isVisible();
    assertThat(portal.page().getByText("Begin with a letter").first()).isVisible();

    portal.fill("Name of the stack", "kept");
    portal.fill("Web servers", "4");
    portal.press("Back");
    assertThat(portal.page().getByText("Take a sample").first()).isVisible();
    portal.press("Next");
    assertThat(portal.page().getByLabel("Name of the stack").first()).hasValue("kept");
    assertThat(portal.page().getByLabel("Web servers").first()).hasValue("4");
  }

  @Test
  void tellsARefusalWithEveryCloudAndRule() {
    portal.signIn("alice", "/stacks/new?sample=sovereign");
    portal.fill("Name of the stack", "refused");
    portal.press("Next");
    assertThat(portal.page().getByText("Start from an example")).isVisible();
    portal.press("Next");
    assertThat(portal.page().getByText("Not everything has a place").first()).isVisible();
    assertThat(portal.page().getByText("reaches Southern Cross Cloud, the operator").first())
        .isVisible();
    assertThat(portal.page().getByText("BHS lies in Canada").first()).isVisible();
    assertThat(
            portal
                .page()
                .getByRole(
                    AriaRole.BUTTON,
                    new Page.GetByRoleOptions().setName(Pattern.compile("Create .*")))
                .count())
        .isZero();
  }
}
