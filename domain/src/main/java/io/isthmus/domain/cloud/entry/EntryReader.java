package io.isthmus.domain.cloud.entry;

import io.isthmus.domain.cloud.Credential;
import io.isthmus.domain.cloud.Secret;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.yaml.YamlNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads where an entry signs in and as whom. Keys of openstacksdk that change nothing here, such as
 * API versions of services, are left alone.
 */
final class EntryReader {

  private static final Set<String> PASSWORD = Set.of("password", "v3password");
  private static final Set<String> APPLICATION =
      Set.of("v3applicationcredential", "application_credential");
  private static final Set<String> INTERFACES = Set.of("public", "internal", "admin");

  private static final Set<String> ENTRY =
      Set.of(
          "auth",
          "auth_type",
          "cacert",
          "cloud",
          "identity_api_version",
          "insecure",
          "interface",
          "isthmus",
          "profile",
          "region_name",
          "regions",
          "verify");

  private static final Set<String> AUTH =
      Set.of(
          "application_credential_id",
          "application_credential_secret",
          "auth_url",
          "default_domain",
          "default_domain_id",
          "domain_name",
          "password",
          "project_domain_id",
          "project_domain_name",
          "project_id",
          "project_name",
          "user_domain_id",
          "user_domain_name",
          "username");

  /** Keys of openstacksdk that look like one of the above, and change nothing here. */
  private static final Set<String> ALIKE =
      Set.of(
          "application_credential_name",
          "cert",
          "default_domain_name",
          "domain_id",
          "passcode",
          "protocol",
          "system_scope",
          "tenant_id",
          "tenant_name",
          "user_id");

  private EntryReader() {}

  /** Reads as whom an entry signs in; what is wrong is told, and it counts as absent. */
  static Optional<Credential> credential(Fields entry) {
    entry.refuseMisspelt(ENTRY, EntryReader::isAlike);
    Optional<Fields> auth = entry.map("auth");
    auth.ifPresent(fields -> fields.refuseMisspelt(AUTH, EntryReader::isAlike));
    if (auth.isEmpty()) {
      if (entry.lacks("auth")) {
        entry.refuse(
            "auth",
            Phrase.of("cloud.field-missing", entry.path("auth")),
            Phrase.of("cloud.auth-remedy"));
      }
      return Optional.empty();
    }
    String type =
        entry
            .text("auth_type")
            .orElseGet(
                () ->
                    auth.get().has("application_credential_secret")
                        ? "v3applicationcredential"
                        : "password");
    if (APPLICATION.contains(type)) {
      return applicationCredential(auth.get());
    }
    if (PASSWORD.contains(type)) {
      return password(auth.get());
    }
    entry.refuse(
        "auth_type",
        Phrase.of("cloud.auth-type", entry.path("auth_type"), type),
        Phrase.of("cloud.auth-type-remedy"));
    return Optional.empty();
  }

  private static boolean isAlike(String key) {
    return ALIKE.contains(key) || key.endsWith("_api_version");
  }

  private static Optional<Credential> applicationCredential(Fields auth) {
    if (auth.has("application_credential_name") && !auth.has("application_credential_id")) {
      auth.refuse(
          "application_credential_name",
          Phrase.of("cloud.credential-by-name", auth.path("application_credential_name")),
          Phrase.of("cloud.credential-by-name-remedy"));
      return Optional.empty();
    }
    Optional<String> id = auth.requiredText("application_credential_id");
    Optional<String> secret = auth.requiredText("application_credential_secret");
    if (id.isEmpty() || secret.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Credential.ApplicationCredential(id.get(), Secret.of(secret.get())));
  }

  private static Optional<Credential> password(Fields auth) {
    Optional<String> username = auth.requiredText("username");
    Optional<String> password = auth.requiredText("password");
    Optional<String> userDomain = domain(auth, "user_domain");
    Optional<String> projectDomain = domain(auth, "project_domain");
    Optional<String> projectId = auth.text("project_id");
    Optional<String> projectName =
        projectId.isPresent() ? auth.text("project_name") : auth.requiredText("project_name");
    if (username.isEmpty()
        || password.isEmpty()
        || userDomain.isEmpty()
        || projectDomain.isEmpty()
        || (projectId.isEmpty() && projectName.isEmpty())) {
      return Optional.empty();
    }
    return Optional.of(
        new Credential.Password(
            username.get(),
            Secret.of(password.get()),
            userDomain.get(),
            projectId.isPresent() ? Optional.empty() : projectName,
            projectId,
            projectDomain.get()));
  }

  /** Keystone makes its first domain with the id {@code default} and the name {@code Default}. */
  private static Optional<String> domain(Fields auth, String which) {
    Optional<String> name = auth.text(which + "_name").or(() -> auth.text("domain_name"));
    if (name.isPresent()) {
      return name;
    }
    Optional<String> id =
        auth.text(which + "_id")
            .or(() -> auth.text("default_domain"))
            .or(() -> auth.text("default_domain_id"));
    if (id.isEmpty() || id.get().equalsIgnoreCase("default")) {
      return Optional.of("Default");
    }
    auth.refuse(
        which + "_id",
        Phrase.of("cloud.domain-by-id", auth.path(which + "_id"), id.get()),
        Phrase.of("cloud.domain-by-id-remedy", which + "_name"));
    return Optional.empty();
  }

  /** Keystone's address; only whether it can be one, not whether we may go there. */
  static Optional<URI> authUrl(Fields entry) {
    return entry
        .map("auth")
        .flatMap(
            auth ->
                auth.requiredText("auth_url")
                    .flatMap(
                        text -> {
                          try {
                            URI uri = new URI(text);
                            boolean web =
                                "http".equalsIgnoreCase(uri.getScheme())
                                    || "https".equalsIgnoreCase(uri.getScheme());
                            if (web && uri.getHost() != null && uri.getUserInfo() == null) {
                              return Optional.of(uri);
                            }
                          } catch (URISyntaxException e) {
                            // Told below, like any other text that is no such address.
                          }
                          auth.refuse(
                              "auth_url",
                              Phrase.of("cloud.url-form", auth.path("auth_url"), text),
                              Phrase.of("cloud.url-form-remedy"));
                          return Optional.empty();
                        }));
  }

  static String endpointInterface(Fields entry) {
    String text = entry.text("interface").orElse("public");
    String plain = text.endsWith("URL") ? text.substring(0, text.length() - 3) : text;
    if (!INTERFACES.contains(plain)) {
      entry.refuse(
          "interface",
          Phrase.of("cloud.interface", entry.path("interface"), text),
          Phrase.of("cloud.interface-remedy"));
    }
    return plain;
  }

  static List<String> regions(Fields entry) {
    Set<String> regions = new LinkedHashSet<>();
    for (YamlNode item : entry.list("regions").orElse(List.of())) {
      if (item instanceof YamlNode.Scalar scalar) {
        regions.add(scalar.text());
      } else {
        Fields.of(entry.path("regions"), item, entry.problems())
            .flatMap(region -> region.requiredText("name"))
            .ifPresent(regions::add);
      }
    }
    if (regions.isEmpty()) {
      entry.text("region_name").ifPresent(regions::add);
    }
    return new ArrayList<>(regions);
  }

  /** What openstacksdk would understand and we do not: told, rather than left undone. */
  static void refuseWhatIsNotDone(Fields entry) {
    for (String key : List.of("profile", "cloud")) {
      if (entry.has(key)) {
        entry.refuse(
            key, Phrase.of("cloud.profile", entry.path(key)), Phrase.of("cloud.profile-remedy"));
      }
    }
    entry
        .text("identity_api_version")
        .filter(version -> !version.equals("3") && !version.startsWith("3."))
        .ifPresent(
            version ->
                entry.refuse(
                    "identity_api_version",
                    Phrase.of("cloud.identity-version", version),
                    Phrase.of("cloud.identity-version-remedy")));
    boolean plain =
        authUrlText(entry).map(url -> url.regionMatches(true, 0, "http:", 0, 5)).orElse(false);
    boolean unverified =
        entry.scalar("verify").map(value -> !value.isTrue()).orElse(false)
            || entry.scalar("insecure").map(YamlNode.Scalar::isTrue).orElse(false);
    if (unverified && !plain) {
      entry.refuse(
          entry.has("verify") ? "verify" : "insecure",
          Phrase.of("cloud.unverified"),
          Phrase.of("cloud.unverified-remedy"));
    }
  }

  private static Optional<String> authUrlText(Fields entry) {
    return entry.node("auth").filter(YamlNode.Mapping.class::isInstance).isPresent()
        ? entry.map("auth").flatMap(auth -> auth.text("auth_url"))
        : Optional.empty();
  }
}
