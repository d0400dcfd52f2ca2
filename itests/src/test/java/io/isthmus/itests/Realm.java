package io.isthmus.itests;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;

/** Keycloak's realm, as its administrator sets it. */
public final class Realm {

  private static final String SETTING = "ssoSessionMaxLifespan";

  private final RunningSystem system;

  public Realm(RunningSystem system) {
    this.system = system;
  }

  /** How long a sign-in lasts however it is used. */
  public int longestSignInSeconds() throws IOException, InterruptedException {
    HttpResponse<String> answer = system.get(realm(), administrator());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return RunningSystem.json(answer).getInt(SETTING);
  }

  /** For sign-ins from now on, and for those that there are. */
  public void setLongestSignInSeconds(int seconds) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        system.send(
            HttpRequest.newBuilder(realm())
                .header("Authorization", "Bearer " + administrator())
                .header("Content-Type", "application/json")
                .PUT(
                    HttpRequest.BodyPublishers.ofString(
                        Json.createObjectBuilder().add(SETTING, seconds).build().toString())));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
  }

  private URI realm() {
    return URI.create(system.issuer().toString().replace("/realms/", "/admin/realms/"));
  }

  private String administrator() throws IOException, InterruptedException {
    String password =
        Files.readString(system.data().resolve("secrets/keycloak-admin-password")).strip();
    HttpResponse<String> answer =
        system.send(
            HttpRequest.newBuilder(
                    URI.create(
                        system.issuer().toString().replaceFirst("/realms/.*", "/realms/master")
                            + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "grant_type=password&client_id=admin-cli&username=keycloak-admin&password="
                            + password)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return RunningSystem.json(answer).getString("access_token");
  }
}
