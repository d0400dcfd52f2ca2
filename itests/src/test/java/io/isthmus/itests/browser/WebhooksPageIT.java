package io.isthmus.itests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.JsonObject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** A webhook from its beginning to its end. */
@Isolated("is told of all that happens in the project")
class WebhooksPageIT extends PortalTest {

  private HttpServer receiver;

  @BeforeEach
  void listen() throws Exception {
    leaveNone();
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    receiver.start();
  }

  @AfterEach
  void close() throws Exception {
    receiver.stop(0);
    leaveNone();
  }

  private void leaveNone() throws Exception {
    for (JsonObject webhook : alice.list("/webhooks")) {
      alice.delete("/webhooks/" + webhook.getString("id"));
    }
  }

  @Test
  void isAddedTriedPausedAndDeleted() {
    portal.signIn("alice", "/webhooks");
    portal.await("No webhook");
    portal.press("Add a webhook");
    type("ftp://127.0.0.1/");
    portal.press("Add");
    portal.await("is no address to which messages can be sent");
    type("http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook?token=x");
    portal.press("Add");
    portal.await("whsec_");
    portal.press("I have kept it");
    PlaywrightAssertions.assertThat(portal.page().getByRole(AriaRole.DIALOG)).hasCount(0);
    Locator link = portal.page().getByText("/hook?…").first();
    assertThat(portal.page().content()).doesNotContain("whsec_");
    link.click();
    portal.page().waitForURL(Pattern.compile(".*/webhooks/[0-9a-f-]{36}"));
    portal.await("Nothing has happened since it was added");
    portal.press("Send a test");
    portal.await("io.isthmus.webhook.test");
    portal.page().reload();
    assertThat(portal.page().locator("tbody tr").first()).containsText("204 in");
    portal.press("Pause");
    portal.await("paused");
    portal.press("Delete");
    portal.await("Nothing waits to be sent.");
    portal.fill("Type “127.0.0.1” to confirm", "127.0.0.1");
    portal
        .page()
        .getByRole(AriaRole.DIALOG)
        .getByRole(
            AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(Pattern.compile("^Delete")))
        .click();
    portal.await("No webhook");
  }

  /** Into the dialog: the search above is for addresses, too. */
  private void type(String address) {
    Locator field = portal.page().getByRole(AriaRole.DIALOG).getByLabel("Address").first();
    field.fill(address);
    field.blur();
  }
}
