package io.isthmus.itests.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.isthmus.itests.BesideOthers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** Somebody takes a token from the portal and calls the API with it. */
@BesideOthers
class ApiAccessIT extends PortalTest {

  @Test
  void givesATokenThatTheApiTakes() throws Exception {
    portal.signIn("alice", "/");
    Page page = portal.page();
    page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Signed in as alice"))
        .click();
    page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("API access")).click();
    portal.press("Show a token");
    Locator token = page.locator("pre").filter(new Locator.FilterOptions().setHasText("eyJ"));

    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(system.url() + "/api/v1/projects"))
                    .header("Authorization", "Bearer " + token.textContent().strip())
                    .build(),
                HttpResponse.BodyHandlers.ofString());

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("acme/demo");
  }
}
