package io.isthmus.openstack.keystone;

import io.isthmus.domain.cloud.Credential;
import io.isthmus.domain.cloud.Secret;
import io.isthmus.domain.json.Json;
import io.isthmus.openstack.http.Answer;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What Keystone is sent and answers when a token is asked for.
 *
 * @see "Identity API v3, POST /v3/auth/tokens"
 */
final class TokenBodies {
  private TokenBodies() {}

  static JsonObject request(Credential credential) {
    JsonObjectBuilder auth = Json.createObjectBuilder();
    if (credential instanceof Credential.Password password) {
      auth.add(
              "identity",
              Json.createObjectBuilder()
                  .add("methods", Json.createArrayBuilder().add("password"))
                  .add(
                      "password",
                      Json.createObjectBuilder()
                          .add(
                              "user",
                              Json.createObjectBuilder()
                                  .add("name", password.username())
                                  .add("domain", named(password.userDomainName()))
                                  .add("password", password.password().reveal()))))
          .add("scope", Json.createObjectBuilder().add("project", project(password)));
    } else if (credential instanceof Credential.ApplicationCredential application) {
      auth.add(
          "identity",
          Json.createObjectBuilder()
              .add("methods", Json.createArrayBuilder().add("application_credential"))
              .add(
                  "application_credential",
                  Json.createObjectBuilder()
                      .add("id", application.id())
                      .add("secret", application.secret().reveal())));
    } else {
      throw new IllegalArgumentException("unknown kind of credential");
    }
    return Json.createObjectBuilder().add("auth", auth).build();
  }

  private static JsonObjectBuilder project(Credential.Password password) {
    JsonObjectBuilder project = Json.createObjectBuilder();
    if (password.projectId().isPresent()) {
      return project.add("id", password.projectId().get());
    }
    return project
        .add("name", password.projectName().orElse(""))
        .add("domain", named(password.projectDomainName()));
  }

  private static JsonObjectBuilder named(String name) {
    return Json.createObjectBuilder().add("name", name);
  }

  private static List<String> roles(JsonObject token) {
    return token.containsKey("roles")
        ? token.getJsonArray("roles").getValuesAs(JsonObject.class).stream()
            .map(role -> role.getString("name"))
            .toList()
        : List.of();
  }

  private static Optional<String> user(JsonObject token, String member) {
    return token.get("user") instanceof JsonObject user
            && user.get(member) instanceof JsonString text
        ? Optional.of(text.getString())
        : Optional.empty();
  }

  /** Keystone leaves the zone out of some times; they are UTC. Empty for what is no time. */
  static Optional<Instant> time(String text) {
    try {
      return Optional.of(Instant.parse(text.endsWith("Z") ? text : text + "Z"));
    } catch (DateTimeException notOne) {
      return Optional.empty();
    }
  }

  /** The token of an answer; empty when the answer is not Keystone's. */
  static Optional<Token> token(Answer answer) {
    try {
      JsonObject token = answer.json().orElseThrow().getJsonObject("token");
      return Optional.of(
          new Token(
              Secret.of(answer.header("X-Subject-Token").orElseThrow()),
              Instant.parse(token.getString("expires_at")),
              token.getJsonObject("project").getString("id"),
              roles(token),
              user(token, "id").orElse(""),
              user(token, "password_expires_at").flatMap(TokenBodies::time),
              ServiceCatalog.of(token.getJsonArray("catalog"))));
    } catch (NullPointerException
        | ClassCastException
        | java.util.NoSuchElementException
        | DateTimeException notKeystone) {
      return Optional.empty();
    }
  }
}
