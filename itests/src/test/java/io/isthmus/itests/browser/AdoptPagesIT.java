package io.isthmus.itests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import io.isthmus.itests.BesideOthers;
import io.isthmus.itests.Person;
import io.isthmus.itests.StackUnderTest;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The document of an abandoned stack is pasted, shows what it is about, and is a stack again. */
@BesideOthers
class AdoptPagesIT extends PortalTest {

  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      resources:
        net: { type: OS::Neutron::Net }
        doors: { type: OS::Neutron::SecurityGroup }
        port: { type: OS::Neutron::Port, properties: { network: { get_resource: net }, security_groups: [{ get_resource: doors }] } }
      """;

  private static final String POLICY =
      """
      placement_policy_version: 2026-11-23
      rules: [{name: there, clouds: {any_of: [gra]}}]
      """;

  private final String name = "stray-" + Long.toString(System.nanoTime(), Character.MAX_RADIX);

  @Test
  void isPastedShownAndTakenOver() throws Exception {
    StackUnderTest stack = StackUnderTest.of(alice, alice.plan(name, TEMPLATE, POLICY, Map.of()));
    stack.awaitComplete();
    JsonObject document =
        Person.read(
                alice.post(
                    "/stacks/" + stack.id() + "/abandonment",
                    Json.createObjectBuilder().add("name", name).build().toString(),
                    "en"),
                200)
            .asJsonObject();

    portal.signIn("alice", "/stacks");
    portal.press("Adopt a stack…");
    portal.fill("Document of the abandoned stack (JSON)", document.toString());
    dialogButton("Show what will be taken over").click();
    assertThat(portal.page().getByRole(AriaRole.DIALOG))
        .containsText("will be taken over by the stack “" + name + "”");
    dialogButton("Adopt").click();
    portal.page().waitForURL(Pattern.compile(".*/stacks/[0-9a-f-]{36}(\\?.*)?$"));
    portal.await("ADOPT_COMPLETE");
    String[] path = portal.page().url().split("\\?", 2)[0].split("/");
    new StackUnderTest(alice, path[path.length - 1]).delete();
  }

  @Test
  void ofWhatHeatHasAbandonedItAsksWhereItIs() {
    portal.signIn("alice", "/stacks");
    portal.press("Adopt a stack…");
    portal.fill(
        "Document of the abandoned stack (JSON)",
        "{\"name\": \"heats\", \"template\": {\"heat_template_version\": \"2018-08-31\"}, \"resources\":"
            + " {\"net\": {\"type\": \"OS::Neutron::Net\", \"resource_id\": \"n\", \"resource_data\": {}}}}");
    Locator dialog = portal.page().getByRole(AriaRole.DIALOG);
    assertThat(dialog).containsText("Cloud and region of the document");
    dialogButton("Show what will be taken over").click();
    assertThat(dialog).containsText("does not tell in which cloud and region it is");
  }

  private Locator dialogButton(String words) {
    return portal
        .page()
        .getByRole(AriaRole.DIALOG)
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(words).setExact(true));
  }
}
