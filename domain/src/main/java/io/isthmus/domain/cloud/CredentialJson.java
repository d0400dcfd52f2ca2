package io.isthmus.domain.cloud;

import io.isthmus.domain.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.StringReader;
import java.util.Optional;

/** Credentials as the text that is sealed; its field names follow {@code clouds.yaml}. */
final class CredentialJson {

  private CredentialJson() {}

  static String write(Credential credential) {
    JsonObjectBuilder json = Json.createObjectBuilder();
    if (credential instanceof Credential.Password password) {
      json.add("username", password.username())
          .add("password", password.password().reveal())
          .add("user_domain_name", password.userDomainName())
          .add("project_domain_name", password.projectDomainName());
      password.projectName().ifPresent(name -> json.add("project_name", name));
      password.projectId().ifPresent(id -> json.add("project_id", id));
    } else if (credential instanceof Credential.ApplicationCredential application) {
      json.add("application_credential_id", application.id())
          .add("application_credential_secret", application.secret().reveal());
    }
    return json.build().toString();
  }

  static Credential read(String text) {
    JsonObject json = Json.createReader(new StringReader(text)).readObject();
    if (json.containsKey("application_credential_id")) {
      return new Credential.ApplicationCredential(
          json.getString("application_credential_id"),
          Secret.of(json.getString("application_credential_secret")));
    }
    return new Credential.Password(
        json.getString("username"),
        Secret.of(json.getString("password")),
        json.getString("user_domain_name"),
        Optional.ofNullable(json.getString("project_name", null)),
        Optional.ofNullable(json.getString("project_id", null)),
        json.getString("project_domain_name"));
  }

  /** Who signs in, for administrators to read. */
  static String describe(Credential credential) {
    if (credential instanceof Credential.Password password) {
      return password.username()
          + " @ "
          + password.projectName().or(password::projectId).orElse("?");
    }
    return ((Credential.ApplicationCredential) credential).id();
  }
}
