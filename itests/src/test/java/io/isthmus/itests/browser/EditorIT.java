package io.isthmus.itests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.isthmus.itests.BesideOthers;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What may be written is offered while it is written, and what is wrong is told at its line. */
@BesideOthers
class EditorIT extends PortalTest {

  private static final String BEGUN =
      """
      heat_template_version: 2018-08-31
      resources:
        net:
          type: OS::Neutron::Net
        sub:
          type:\s""";

  @Test
  void offersTypesThenThePropertiesOfTheTypeThenWhatTheyMayName() {
    portal.signIn("alice", "/stacks/new");
    Locator editor = portal.page().locator("isthmus-editor .cm-content").first();
    editor.click();
    portal.page().keyboard().press("Control+A");
    portal.page().keyboard().insertText(BEGUN);
    portal.page().keyboard().type("OS::Neutron::Sub");
    take("OS::Neutron::Subnet");

    portal.page().keyboard().insertText("\n    properties:\n      ");
    portal.page().keyboard().type("netw");
    take("network");
    portal.page().keyboard().type("get_res");
    take("{ get_resource: net }");

    portal.page().keyboard().insertText("\n      ");
    portal.page().keyboard().type("ci");
    take("cidr");
    portal.page().keyboard().type("10.0.0.0/33");
    assertThat(editor).containsText("network: { get_resource: net }");
    // The first are the template's; the environment's are further down.
    Locator findings = portal.page().locator(".findings").first();
    assertThat(findings).containsText("10.0.0.0/33");
    assertThat(findings).containsText("Line 9");
  }

  /** A slow answer must not shut in who is on the way out: Tab would indent, and spoil the text. */
  @Test
  void letsTabLeaveAfterEscapeAlthoughATextArrivesMeanwhile() {
    portal.signIn("alice", "/stacks/new");
    Locator editor = portal.page().locator("isthmus-editor .cm-content").first();
    editor.focus();
    portal.page().keyboard().press("Escape");
    portal
        .page()
        .getByRole(
            AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Take the sample “One server”"))
        .evaluate("button => button.click()");
    assertThat(editor).containsText("OS::Nova::Server");
    assertThat(editor).isFocused();
    portal.page().keyboard().press("Tab");
    assertThat(editor).not().isFocused();
    assertThat(editor).not().containsText(Pattern.compile("^\\s+heat_template_version"));
  }

  private void take(String label) {
    portal
        .page()
        .locator(".cm-tooltip-autocomplete li")
        .filter(new Locator.FilterOptions().setHas(portal.page().getByText(label, exactly())))
        .first()
        .click();
  }

  private static Page.GetByTextOptions exactly() {
    return new Page.GetByTextOptions().setExact(true);
  }
}
