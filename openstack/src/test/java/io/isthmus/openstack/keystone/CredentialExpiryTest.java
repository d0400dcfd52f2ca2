package io.isthmus.openstack.keystone;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.cloud.Credential;
import io.isthmus.domain.cloud.Secret;
import io.isthmus.domain.json.Json;
import io.isthmus.openstack.http.Answer;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When a credential stops working, as Keystone tells it. */
class CredentialExpiryTest {
  private static final Instant THEN = Instant.parse("2026-12-01T10:00:00Z");
  private static final Credential APPLICATION =
      new Credential.ApplicationCredential("app-1", Secret.of("secret"));
  private static final Credential PASSWORD =
      new Credential.Password(
          "demo", Secret.of("secret"), "Default", Optional.of("demo"), Optional.empty(), "Default");

  private static Token token(Optional<Instant> passwordExpires) {
    return new Token(
        Secret.of("t"),
        THEN,
        "p-1",
        List.of(),
        "u-1",
        passwordExpires,
        ServiceCatalog.of(Json.createArrayBuilder().build()));
  }

  private static Answer answer(int status, String json) {
    return new Answer(
        status,
        HttpHeaders.of(Map.of(), (name, value) -> true),
        json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private static Optional<Instant> ofApplication(int status, String json) {
    return CredentialExpiry.of(
        APPLICATION,
        token(Optional.of(Instant.EPOCH)),
        path -> {
          assertThat(path).isEqualTo("/users/u-1/application_credentials/app-1");
          return answer(status, json);
        });
  }

  @Test
  void asksForAnApplicationCredentialsOwn() {
    assertThat(
            ofApplication(
                200, "{'application_credential': {'expires_at': '2026-12-01T10:00:00.000000'}}"))
        .contains(THEN);
    assertThat(
            ofApplication(
                200, "{'application_credential': {'expires_at': '2026-12-01T10:00:00.000000Z'}}"))
        .contains(THEN);
  }

  @Test
  void doesNotKnowWhatItIsNotTold() {
    assertThat(ofApplication(200, "{'application_credential': {'expires_at': null}}")).isEmpty();
    assertThat(ofApplication(200, "{'application_credential': {'expires_at': 'soon'}}")).isEmpty();
    assertThat(ofApplication(200, "{}")).isEmpty();
    assertThat(ofApplication(403, "{'error': {}}")).isEmpty();
  }

  @Test
  void takesAPasswordsFromTheToken() {
    assertThat(CredentialExpiry.of(PASSWORD, token(Optional.of(THEN)), path -> answer(500, "")))
        .contains(THEN);
    assertThat(CredentialExpiry.of(PASSWORD, token(Optional.empty()), path -> answer(500, "")))
        .isEmpty();
  }
}
