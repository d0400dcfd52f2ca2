package io.isthmus.openstack.keystone;

import io.isthmus.domain.cloud.Credential;
import io.isthmus.openstack.http.Answer;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * When a credential stops working: a password by the user's expiry, an application credential by
 * its own.
 *
 * @see "Identity API v3, show application credential details; password_expires_at of a token's
 *     user"
 */
public final class CredentialExpiry {

  private CredentialExpiry() {}

  /**
   * @param token that the credential gave
   * @param get reads a path below Keystone's v3 URL with that token
   * @return empty when it never does, or the cloud does not tell
   */
  public static Optional<Instant> of(
      Credential credential, Token token, Function<String, Answer> get) {
    if (credential instanceof Credential.ApplicationCredential application) {
      Answer answer =
          get.apply("/users/" + token.userId() + "/application_credentials/" + application.id());
      return Optional.of(answer)
          .filter(Answer::isSuccess)
          .flatMap(Answer::json)
          .map(body -> body.get("application_credential"))
          .filter(JsonObject.class::isInstance)
          .map(told -> told.asJsonObject().get("expires_at"))
          .filter(JsonString.class::isInstance)
          .flatMap(text -> TokenBodies.time(((JsonString) text).getString()));
    }
    return token.passwordExpires();
  }
}
