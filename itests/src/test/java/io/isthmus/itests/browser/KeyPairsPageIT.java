package io.isthmus.itests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import jakarta.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page on which a project keeps its public keys. */
class KeyPairsPageIT extends PortalTest {

  private static final String KEY =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIG37zo8Bq2SBxnekD9u9fwxLYDWsXS76oAoCX7j/6AZ5 alice@laptop";
  private static final String FINGERPRINT = "SHA256:nsbRG6M9nsx9DSfx35fZWQWn6dtFFdjEpCNpm8P7ULc";

  @BeforeEach
  @AfterEach
  void leaveNoKey() throws Exception {
    for (JsonObject pair : alice.list("/keypairs")) {
      alice.delete("/keypairs/" + pair.getString("name"));
    }
  }

  @Test
  void aKeyIsAddedAndToldAsSshKeygenTellsIt() {
    portal.signIn("alice", "/key-pairs");
    portal.await("ssh-keygen -t ed25519");
    add();
    assertThat(row()).containsText("ssh-ed25519");
    assertThat(row()).containsText(FINGERPRINT);
    assertThat(row()).containsText("alice@laptop");
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
