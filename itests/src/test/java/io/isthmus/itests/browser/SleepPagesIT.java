package io.isthmus.itests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.isthmus.itests.BesideOthers;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What the menu of a stack's page does: check, suspend; resume; and abandon, asked and not done.
 */
@BesideOthers
class SleepPagesIT extends PortalTest {

  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      resources:
        net: { type: OS::Neutron::Net }
        subnet:
          type: OS::Neutron::Subnet
          properties: { network: { get_resource: net }, cidr: 10.36.0.0/24 }
        worker:
          type: OS::Nova::Server
          properties: { flavor: m1.small, image: debian-12, networks: [{ subnet: { get_resource: subnet } }] }
      """;

  private final String name = "sleepy-" + Long.toString(System.nanoTime(), Character.MAX_RADIX);

  @Test
  void isCheckedSleepsAndWakes() {
    String stack = create();
    choose("Check");
    portal.await("CHECK_COMPLETE");
    choose("Suspend…");
    assertThat(question()).containsText("All of it is still paid for");
    confirm("Suspend");
    portal.await("SUSPEND_COMPLETE");
    assertThat(button("Update…")).not().isVisible();
    portal.press("Resume");
    confirm("Resume");
    portal.await("RESUME_COMPLETE");
    assertThat(button("Update…")).isVisible();

    choose("Abandon…");
    assertThat(dialog()).containsText("Nothing is deleted in any cloud");
    assertThat(dialog().getByText("Download what is known of it (JSON)")).isVisible();
    assertThat(
            dialog()
                .getByRole(
                    AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Abandon the stack")))
        .isDisabled();
    dialog().getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Cancel")).click();
    delete(stack);
  }

  private Locator dialog() {
    return portal.page().getByRole(AriaRole.DIALOG);
  }

  private Locator question() {
    return portal.page().getByRole(AriaRole.ALERTDIALOG);
  }

  private Locator button(String words) {
    return portal
        .page()
        .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(words).setExact(true));
  }

  private void choose(String words) {
    portal
        .page()
        .getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("More").setExact(true))
        .click();
    portal
        .page()
        .getByRole(
            AriaRole.MENUITEM, new Page.GetByRoleOptions().setName(Pattern.compile("^" + words)))
        .click();
  }

  private void confirm(String words) {
    question()
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(words).setExact(true))
        .click();
  }

  /** The stack's address, without the host. */
  private String create() {
    portal.signIn("alice", "/stacks/new");
    portal.write(portal.editor(0), TEMPLATE);
    portal.press("Next");
    portal.fill("Name of the stack", name);
    portal.press("Next");
    assertThat(portal.page().getByText("Start from an example")).isVisible();
    portal.press("Next");
    portal.press(Pattern.compile("Create \\d+ resources"));
    portal.page().waitForURL(Pattern.compile(".*/stacks/[0-9a-f-]{36}(\\?.*)?$"));
    portal.await("CREATE_COMPLETE");
    return portal.page().url().substring(system.url().toString().length()).split("\\?", 2)[0];
  }

  private void delete(String stack) {
    portal.open(stack);
    portal.press("Delete");
    portal.fill("Type “" + name + "” to confirm", name);
    portal
        .page()
        .getByRole(
            AriaRole.BUTTON,
            new Page.GetByRoleOptions().setName(Pattern.compile("Delete \\d+ resources")))
        .click();
    portal.await("DELETE_COMPLETE");
  }
}
