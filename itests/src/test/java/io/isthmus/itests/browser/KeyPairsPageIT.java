package io.isthmus.itests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.isthmus.itests.BesideOthers;
import io.isthmus.itests.Person;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a public key to servers that have it, and to its end. */
@BesideOthers
class KeyPairsPageIT extends PortalTest {

  private static final String KEY =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIG37zo8Bq2SBxnekD9u9fwxLYDWsXS76oAoCX7j/6AZ5 alice@laptop";
  private static final String FINGERPRINT = "SHA256:nsbRG6M9nsx9DSfx35fZWQWn6dtFFdjEpCNpm8P7ULc";

  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      parameters:
        key: {type: string, label: Key pair, constraints: [{custom_constraint: nova.keypair}]}
        word: {type: string, label: Password, hidden: true}
      resources:
        net: {type: OS::Neutron::Net}
        subnet: {type: OS::Neutron::Subnet, properties: {network: {get_resource: net}, cidr: 10.8.2.0/24}}
        web:
          type: OS::Heat::ResourceGroup
          properties:
            count: 2
            resource_def:
              type: OS::Nova::Server
              properties:
                flavor: m1.small
                image: debian-12
                key_name: {get_param: key}
                metadata: {word: {get_param: word}}
                networks: [{subnet: {get_resource: subnet}}]
      outputs:
        word: {value: {get_param: word}}
      """;

  private static final String POLICY =
      """
      placement_policy_version: 2026-11-23
      rules:
        - name: apart
          match: {types: ["OS::Nova::Server"]}
          spread: [{across: cloud, max_skew: 1, min_domains: 2}]
      """;

  @BeforeEach
  @AfterEach
  void leaveNoKey() throws Exception {
    for (JsonObject pair : alice.list("/keypairs")) {
      alice.delete("/keypairs/" + pair.getString("name"));
    }
  }

  @Test
  void aKeyIsAddedGivenToServersInTwoCloudsAndDeleted() throws Exception {
    String name = "keyed-" + Long.toString(System.nanoTime(), Character.MAX_RADIX);
    portal.signIn("alice", "/key-pairs");
    portal.await("ssh-keygen -t ed25519");
    add();
    assertThat(row()).containsText("ssh-ed25519");
    assertThat(row()).containsText(FINGERPRINT);
    assertThat(row()).containsText("alice@laptop");

    saveTemplateAndPolicy(name);
    try {
      portal.open("/stacks/new?template=" + name + "&policy=" + name);
      portal.editor(0).waitFor();
      portal.press("Next");
      portal.fill("Name of the stack", name);
      Locator choice = portal.page().getByLabel("Key pair", exactly()).first();
      choice.click();
      portal.page().getByRole(AriaRole.OPTION).filter(hasText("laptop")).first().click();
      portal.page().getByLabel("Password", exactly()).first().fill("s3cret-word");
      portal.press("Next");
      portal.page().getByText("placement_policy_version").first().waitFor();
      portal.press("Back");
      Locator password = portal.page().getByLabel("Password", exactly()).first();
      assertThat(password).hasValue("");
      portal.await("Typed before, and not shown again");
      portal.press("Next");
      portal.page().getByText("placement_policy_version").first().waitFor();
      portal.press("Next");
      portal.await("keypair-laptop");
      portal.press(Pattern.compile("Create \\d+ resources"));
      portal.page().waitForURL(Pattern.compile(".*/stacks/[0-9a-f-]{36}"));
      portal.await("CREATE_COMPLETE");
      String stack = portal.page().url().substring(system.url().toString().length());
      portal.open(stack + "/resources");
      assertThat(portal.page().locator(".list tbody tr").filter(hasText("keypair-laptop")))
          .hasCount(2);
      portal.open(stack + "/outputs");
      portal.await("******");
      assertThat(portal.page().content()).doesNotContain("s3cret-word");

      portal.open("/key-pairs");
      assertThat(row()).containsText(name);
      delete("1 stack was made with it and keeps it: " + name);
      portal.await("No key pair");

      alice.delete("/stacks/" + stack.substring(stack.lastIndexOf('/') + 1));
    } finally {
      alice.delete("/templates/" + name);
      alice.delete("/policies/" + name);
    }
  }

  @Test
  void whatIsWrongIsToldAtItsFieldAndAPrivateKeyDoesNotStay() {
    portal.signIn("alice", "/key-pairs");
    portal.press("Add a public key");
    name().fill("not/mine");
    key().fill("ssh-ed25519 AAAA");
    portal.press("Add");
    portal.await("cannot be the name of a key pair");
    name().fill("mine");
    portal.press("Add");
    portal.await("is no sound ssh-ed25519 key");
    key().fill("-----BEGIN OPENSSH PRIVATE KEY-----\ns3cret");
    portal.await("This is a private key. It has not been kept.");
    assertThat(key()).hasValue("");
    portal.page().keyboard().press("Escape");
    portal.press("Keep writing");
    assertThat(name()).hasValue("mine");

    portal.open("/key-pairs");
    portal.press("Add a public key");
    assertThat(name()).hasValue("mine");
    assertThat(portal.page().content()).doesNotContain("s3cret");
    portal.page().keyboard().press("Escape");
    portal.press("Discard");
  }

  private Locator name() {
    return portal.page().getByLabel("Name", exactly()).first();
  }

  private Locator key() {
    return portal.page().getByLabel("Public key", exactly()).first();
  }

  private void add() {
    portal.press("Add a public key");
    name().fill("laptop");
    key().fill(KEY);
    portal.press("Add");
  }

  private void delete(String consequence) {
    row().getByTitle("Delete the key pair “laptop”?").click();
    portal.await(consequence);
    portal.fill("Type “laptop” to confirm", "laptop");
    portal.press("Delete");
  }

  private void saveTemplateAndPolicy(String name) throws Exception {
    Person.read(
        alice.put("/templates/" + name, Json.createObjectBuilder().add("text", TEMPLATE).build()),
        201);
    Person.read(
        alice.put("/policies/" + name, Json.createObjectBuilder().add("text", POLICY).build()),
        201);
  }

  private Locator row() {
    return portal.page().locator(".list tbody tr").filter(hasText("laptop")).first();
  }

  private static Locator.FilterOptions hasText(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  private static Page.GetByLabelOptions exactly() {
    return new Page.GetByLabelOptions().setExact(true);
  }
}
