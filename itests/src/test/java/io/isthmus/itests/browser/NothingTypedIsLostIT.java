package io.isthmus.itests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import io.isthmus.itests.BesideOthers;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What takes the place of something typed can be undone, and what discards it asks before. */
@BesideOthers
class NothingTypedIsLostIT extends PortalTest {

  private static final String MINE =
      """
      heat_template_version: 2018-08-31
      description: mine
      resources:
        disk: { type: OS::Cinder::Volume, properties: { sizes: 1 } }
      """;

  @Test
  void whatASampleAndAFileReplaceCanBeBroughtBack() {
    portal.signIn("alice", "/stacks/new");
    Page page = portal.page();
    portal.write(portal.editor(0), MINE);
    portal.press("Take the sample “Shop on several clouds”");
    assertThat(page.getByText("“Shop on several clouds” has taken the place of what was here."))
        .isVisible();
    assertThat(portal.editor(0)).not().containsText("mine");
    portal.press("Remove “web.yaml”");
    assertThat(page.getByText("“web.yaml” is no longer among the files.")).isVisible();
    portal.press("Bring it back");
    assertThat(buttonOf("Remove “web.yaml”")).isVisible();

    portal.write(portal.editor(0), MINE);
    // The server has it once it has found fault with it.
    assertThat(page.locator(".findings").first()).containsText("sizes");
    page.locator("vaadin-upload input[type=file]")
        .first()
        .setInputFiles(
            new FilePayload(
                "other.yaml", "text/yaml", "description: other".getBytes(StandardCharsets.UTF_8)));
    assertThat(portal.editor(0)).containsText("description: other");
    portal.press("Bring it back");
    assertThat(portal.editor(0)).containsText("mine");
    // Bringing back is undone in the same way.
    portal.press("Bring it back");
    assertThat(portal.editor(0)).containsText("description: other");
  }

  @Test
  void enterGoesOnAndEscapeAsksOnlyWhenSomethingWasTyped() {
    portal.signIn("alice", "/stacks/new?sample=one-server");
    Page page = portal.page();
    Locator name = page.getByLabel("Name of the stack").first();
    name.fill("1st");
    name.press("Enter");
    assertThat(page.locator("#stack-name")).containsText("Begin with a letter");
    name.fill("entered");
    name.press("Enter");
    page.waitForURL(Pattern.compile(".*/policy$"));

    portal.press("Save the policy…");
    Locator dialog = page.getByRole(AriaRole.DIALOG);
    dialog.waitFor();
    page.keyboard().press("Escape");
    assertThat(dialog).hasCount(0);

    portal.press("Save the policy…");
    dialog.getByLabel("Name").first().fill("half a name");
    page.keyboard().press("Escape");
    Locator question = page.getByRole(AriaRole.ALERTDIALOG);
    assertThat(question).containsText("Discard what you have typed?");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Keep writing")).click();
    assertThat(question).hasCount(0);
    assertThat(dialog.getByLabel("Name").first()).hasValue("half a name");
    page.keyboard().press("Escape");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Discard")).click();
    assertThat(dialog).hasCount(0);
  }

  @Test
  void whatIsChangedOfACloudOutlivesItsPage() {
    portal.signIn("admin", "/clouds/gra");
    Page page = portal.page();
    portal.press("Edit");
    Locator dialog = page.getByRole(AriaRole.DIALOG);
    dialog.getByLabel("Name").first().fill("Half a na");
    dialog.getByLabel("Name").first().blur();
    portal.editor(0).click();
    page.keyboard().press("Escape");
    assertThat(dialog).isVisible();
    portal.open("/clouds/gra");

    portal.press("Edit");
    assertThat(dialog.getByText("What you had typed here and not sent is still there."))
        .isVisible();
    assertThat(dialog.getByLabel("Name").first()).hasValue("Half a na");
    portal.press("Begin anew");
    assertThat(dialog.getByLabel("Name").first()).not().hasValue("Half a na");
    dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Cancel")).click();
    assertThat(dialog).hasCount(0);
  }

  private Locator buttonOf(String name) {
    return portal
        .page()
        .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }
}
