package io.isthmus.itests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.isthmus.itests.BesideOthers;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A stack is changed: what would change is shown first, and done from there. */
@BesideOthers
class UpdateStackIT extends PortalTest {

  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      parameters:
        tier: { type: string, label: Tier, default: test }
        workers: { type: number, label: Workers, default: 1 }
        token: { type: string, label: Token, hidden: true, constraints: [length: { min: 8 }] }
      resources:
        net: { type: OS::Neutron::Net }
        subnet:
          type: OS::Neutron::Subnet
          properties: { network: { get_resource: net }, cidr: 10.35.0.0/24 }
        worker:
          type: OS::Heat::ResourceGroup
          properties:
            count: { get_param: workers }
            resource_def:
              type: OS::Nova::Server
              properties:
                flavor: m1.small
                image: debian-12
                networks: [{ subnet: { get_resource: subnet } }]
                metadata: { tier: { get_param: tier } }
                user_data_format: RAW
                user_data: { get_param: token }
      """;

  private final String name = "grown-" + Long.toString(System.nanoTime(), Character.MAX_RADIX);

  @Test
  void changesAServerInPlaceAndAddsAnother() throws Exception {
    String stack = create();
    portal.press("Update…");
    portal.page().waitForURL(Pattern.compile(".*" + stack + "/update/[0-9a-f]+/parameters.*"));
    assertThat(portal.heading()).hasText("Update “" + name + "”");
    assertThat(field("Tier")).hasValue("test");
    assertThat(field("Workers")).hasValue("1");
    assertThat(field("Token")).hasValue("");
    assertThat(portal.page().getByText("Empty keeps the present value.").first()).isVisible();
    portal.fill("Tier", "production");
    portal.fill("Workers", "2");
    portal.press("Next");
    assertThat(portal.page().getByText("Start from an example")).isVisible();
    portal.press("Back");
    assertThat(field("Tier")).hasValue("production");

    portal.press("Preview the update");
    portal.page().waitForURL(Pattern.compile(".*/plans/[0-9a-f-]{36}.*"));
    portal.await("What the update changes");
    assertThat(portal.page().getByText("1 updated in place · 1 added").first()).isVisible();
    assertThat(change("worker/0")).containsText("updated in place");
    assertThat(change("worker/0")).containsText("metadata");
    assertThat(change("worker/1")).containsText("added");

    portal.press("Update the stack");
    Locator asked = portal.page().getByRole(AriaRole.DIALOG);
    assertThat(asked).containsText("1 updated in place · 1 added");
    assertThat(asked.getByLabel("Go back to what it was if the update fails")).not().isChecked();
    asked
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Update the stack"))
        .click();
    portal.page().waitForURL(Pattern.compile(".*" + stack + "(\\?.*)?$"));
    portal.await("UPDATE_COMPLETE");

    portal.open(stack + "/resources");
    assertThat(portal.page().getByText("worker/0").first()).isVisible();
    assertThat(portal.page().getByText("worker/1").first()).isVisible();
    assertThat(alice.list("/stacks/" + id(stack) + "/resources"))
        .filteredOn(resource -> resource.getString("type").equals("OS::Nova::Server"))
        .extracting(resource -> resource.getString("resource"))
        .containsExactlyInAnyOrder("worker/0", "worker/1");
    portal.open("/plans?q=" + name);
    assertThat(portal.page().getByText("Update of the stack " + name).first()).isVisible();
    assertThat(portal.page().getByText("updated its stack").first()).isVisible();
    delete(stack);
  }

  /** What is typed wrong is told at its field before anything is planned. */
  @Test
  void saysWhatIsWrongAtTheField() {
    String stack = create();
    portal.open(stack + "/update");
    portal.page().waitForURL(Pattern.compile(".*/parameters.*"));
    portal.fill("Token", "short");
    portal.press("Preview the update");
    assertThat(field("Token")).isFocused();
    assertThat(portal.heading()).hasText("Update “" + name + "”");
    delete(stack);
  }

  /** The stack's address, without the host. */
  private String create() {
    portal.signIn("alice", "/stacks/new");
    portal.write(portal.editor(0), TEMPLATE);
    portal.press("Next");
    portal.fill("Name of the stack", name);
    portal.fill("Token", "a-secret-token");
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

  private static String id(String stack) {
    return stack.substring(stack.lastIndexOf('/') + 1);
  }

  private Locator field(String label) {
    return portal.page().getByLabel(label).first();
  }

  private Locator change(String resource) {
    return portal
        .page()
        .locator("tbody tr")
        .filter(new Locator.FilterOptions().setHasText(resource))
        .first();
  }
}
