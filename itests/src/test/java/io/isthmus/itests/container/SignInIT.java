package io.isthmus.itests.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.itests.BesideOthers;
import io.isthmus.itests.RunningSystem;
import io.isthmus.itests.SignIns;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who may call, seen from outside. */
@Tag("container")
@BesideOthers
class SignInIT {

  private final RunningSystem system = new RunningSystem();

  @Test
  void anybodyMayAskWhatThisIs() throws IOException, InterruptedException {
    HttpResponse<String> answer = system.get(system.api("/about"));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(RunningSystem.json(answer).getString("name")).isEqualTo("Isthmus");
  }

  @Test
  void tellsNobodyThatATokenIsNeeded() throws IOException, InterruptedException {
    assertUnauthorized(system.get(system.api("/caller")));
  }

  @Test
  void refusesAForgedTokenEvenWhereNoneIsNeeded() throws IOException, InterruptedException {
    String token = system.token("alice");
    String forged = token.substring(0, token.length() - 6) + "AAAAAA";

    assertUnauthorized(system.get(system.api("/about"), forged));
  }

  @Test
  void refusesAnIdentityTokenInPlaceOfAnAccessToken() throws IOException, InterruptedException {
    HttpResponse<String> tokens;
    synchronized (SignIns.ONE_AT_A_TIME) {
      tokens =
          system.send(
              HttpRequest.newBuilder(URI.create(system.issuer() + "/protocol/openid-connect/token"))
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(
                      HttpRequest.BodyPublishers.ofString(
                          "grant_type=password&client_id=isthmus-cli&username=alice&password=alice"
                              + "&scope=openid")));
    }

    assertUnauthorized(
        system.get(system.api("/about"), RunningSystem.json(tokens).getString("id_token")));
  }

  @Test
  void knowsTheCallersTenantAndRoles() throws IOException, InterruptedException {
    JsonObject alice = RunningSystem.json(system.get(system.api("/caller"), system.token("alice")));
    JsonObject admin = RunningSystem.json(system.get(system.api("/caller"), system.token("admin")));

    assertThat(alice.getString("name")).isEqualTo("alice");
    assertThat(alice.getJsonArray("organizations").toString()).isEqualTo("[\"acme\"]");
    assertThat(alice.getJsonArray("federation_roles")).isEmpty();
    assertThat(admin.getJsonArray("federation_roles").toString())
        .isEqualTo("[\"federation_admin\"]");
  }

  @Test
  void isReadyAndAliveOnTheSamePort() throws IOException, InterruptedException {
    HttpResponse<String> ready = system.get(URI.create(system.url() + "/health/ready"));

    assertThat(ready.statusCode()).isEqualTo(200);
    assertThat(ready.body()).contains("database", "keycloak");
    assertThat(system.get(URI.create(system.url() + "/health/live")).statusCode()).isEqualTo(200);
  }

  @Test
  void answersUnknownAddressesWith404() throws IOException, InterruptedException {
    assertThat(system.get(URI.create(system.url() + "/no-such-page")).statusCode()).isEqualTo(404);
  }

  @Test
  void sendsAStrangerToTheSignIn() throws IOException, InterruptedException {
    HttpResponse<String> answer = system.get(URI.create(system.url() + "/"));

    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.headers().firstValue("Location").orElse("")).endsWith("/login");
  }

  @Test
  void guardsThePagesByPolicyAndHeaders() throws IOException, InterruptedException {
    HttpResponse<String> page = system.get(URI.create(system.url() + "/"));

    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'self'", "frame-ancestors 'none'", "'nonce-");
    assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
  }

  private static void assertUnauthorized(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Bearer");
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    assertThat(RunningSystem.json(answer).getString("code")).isEqualTo("not-signed-in");
  }
}
