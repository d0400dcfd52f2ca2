package io.isthmus.itests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.isthmus.itests.BesideOthers;
import io.isthmus.itests.Person;
import io.isthmus.itests.StackUnderTest;
import jakarta.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;

@BesideOthers
class CampaignPagesIT extends PortalTest {

  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      parameters:
        label: {type: string, default: before}
      resources:
        net: {type: OS::Neutron::Net, properties: {name: {get_param: label}}}
      """;

  private final Person alice = new Person(system, "alice");

  @Test
  void theAssistantSaysWhatIsWrongAndKeepsWhatWasTyped() {
    portal.signIn("alice", "/campaigns/new");
    portal.press("See what would become of each stack");
    portal.await("Needed: fill this in.");
    fill("Name", "Debian everywhere");
    fill("Reason", "Debian 12 ends");
    portal.press("See what would become of each stack");
    assertThat(field("Name")).not().hasAttribute("aria-invalid", "true");
    assertThat(field("Reason")).not().hasAttribute("aria-invalid", "true");
    assertThat(field("Replaced name")).hasAttribute("aria-invalid", "true");
    portal.open("/campaigns/new");
    portal.await("What you had typed here and not sent is still there.");
    assertThat(field("Reason")).hasValue("Debian 12 ends");
    portal.press("Cancel");
    assertThat(portal.heading()).hasText("Campaigns");
  }

  /** Others are called alike, such as “Names”. */
  private Locator field(String label) {
    return portal.page().getByLabel(label, new Page.GetByLabelOptions().setExact(true)).first();
  }

  private void fill(String label, String value) {
    field(label).fill(value);
    field(label).blur();
  }

  @Test
  void aPersonSeesWhatWouldBecomeAndStartsIt() throws Exception {
    StackUnderTest stack =
        StackUnderTest.of(
            alice,
            alice.plan(
                "campaigned",
                TEMPLATE,
                "placement_policy_version: 2026-11-23\nrules: []\n",
                Map.of()));
    stack.awaitComplete();
    JsonObject made =
        Person.read(
                alice.post(
                    "/campaigns",
                    "{\"name\": \"Labels\", \"reason\": \"Wrong\", \"names\": [\"campaigned\"],"
                        + " \"change\": {\"kind\": \"parameter\", \"parameter\": \"label\","
                        + " \"value\": \"after\"}, \"pace\": {\"watch_minutes\": 0}}",
                    "en"),
                201)
            .asJsonObject();
    portal.signIn("alice", "/campaigns/" + made.getString("id"));
    assertThat(portal.heading()).hasText("Labels");
    portal.await("This would become of each stack.");
    portal.await("1 updated in place");
    portal.press("Start the campaign");
    portal
        .page()
        .getByRole(AriaRole.ALERTDIALOG)
        .or(portal.page().getByRole(AriaRole.DIALOG))
        .first()
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Start the campaign"))
        .click();
    portal.await("Every stack is through.");
    assertThat(stack.events().toString()).contains("Labels");
    stack.delete();
  }
}
