package io.isthmus.sandbox.keystone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.isthmus.sandbox.cloud.Cloud;
import io.isthmus.sandbox.cloud.Table;
import io.isthmus.sandbox.federation.Federation.ProjectSpec;
import io.isthmus.sandbox.http.Authority;
import io.isthmus.sandbox.http.Fault;
import io.isthmus.sandbox.http.Json;
import io.isthmus.sandbox.http.Token;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** People, projects, roles and tokens of one cloud. */
public final class Keystone implements Authority {
  static final String DOMAIN_ID = "default";
  static final String DOMAIN_NAME = "Default";
  private static final Duration TOKEN_LIFE = Duration.ofHours(8);
  private static final List<String> ROLES = List.of("admin", "manager", "member", "reader");

  private final Cloud cloud;
  private final Catalog catalog;
  private TokenMint mint;

  public Keystone(Cloud cloud) {
    this.cloud = cloud;
    this.catalog = new Catalog(cloud);
  }

  Table projects() {
    return cloud.identity().table("projects");
  }

  Table users() {
    return cloud.identity().table("users");
  }

  Table roles() {
    return cloud.identity().table("roles");
  }

  /** Rows of user, project and role. */
  Table assignments() {
    return cloud.identity().table("assignments");
  }

  Table credentials() {
    return cloud.identity().table("application_credentials");
  }

  private Table revoked() {
    return cloud.identity().table("revoked");
  }

  Catalog catalog() {
    return catalog;
  }

  Cloud cloud() {
    return cloud;
  }

  /** The id of the administrators' project, which owns what the cloud itself provides. */
  public static String adminProjectId(Cloud cloud) {
    return cloud.seededHexId("project/admin");
  }

  /** Brings in what the federation file names and is not there yet. */
  public void seed() {
    ROLES.forEach(
        role ->
            addIfMissing(
                roles(),
                Json.obj()
                    .put("id", cloud.seededHexId("role/" + role))
                    .put("name", role)
                    .putNull("domain_id")
                    .putNull("description")));
    addProject(new ProjectSpec("admin", "", "admin", "admin", null), "admin");
    cloud.spec().projects().forEach(project -> addProject(project, "member"));
    Table keys = cloud.identity().table("keys");
    if (keys.size() == 0) {
      byte[] key = new byte[32];
      new SecureRandom().nextBytes(key);
      keys.put(Json.obj().put("id", "token").put("key", Base64.getEncoder().encodeToString(key)));
    }
    mint =
        new TokenMint(
            Base64.getDecoder().decode(keys.find("token").orElseThrow().get("key").asText()));
  }

  private void addProject(ProjectSpec project, String role) {
    String projectId = cloud.seededHexId("project/" + project.name());
    String userId = cloud.seededHexId("user/" + project.user());
    ObjectNode row = Json.obj().put("id", projectId).put("name", project.name());
    row.put("domain_id", DOMAIN_ID).put("description", project.name() + " project");
    row.put("enabled", true).put("parent_id", DOMAIN_ID).put("is_domain", false);
    row.set("tags", Json.arr());
    row.set("options", Json.obj());
    addIfMissing(projects(), row);
    ObjectNode user = Json.obj().put("id", userId).put("name", project.user());
    user.put("domain_id", DOMAIN_ID).put("enabled", true).putNull("password_expires_at");
    user.set("options", Json.obj());
    user.put("default_project_id", projectId).put("_password", project.password());
    addIfMissing(users(), user);
    assign(userId, projectId, role);
    assign(userId, projectId, "reader");
    if (role.equals("admin")) {
      assign(userId, projectId, "member");
    }
  }

  private void assign(String userId, String projectId, String role) {
    addIfMissing(
        assignments(),
        Json.obj()
            .put("id", userId + projectId + role)
            .put("user", userId)
            .put("project", projectId)
            .put("role", role));
  }

  private static void addIfMissing(Table table, ObjectNode row) {
    if (table.find(row.get("id").asText()).isEmpty()) {
      table.put(row);
    }
  }

  @Override
  public Token validate(String token) {
    return cloud.look(() -> open(token).map(this::bearer).orElse(null));
  }

  Optional<TokenMint.Content> open(String token) {
    return mint.open(token)
        .filter(content -> content.expires().isAfter(cloud.now()))
        .filter(content -> revoked().find(content.auditId()).isEmpty())
        .filter(content -> users().find(content.userId()).isPresent())
        .filter(
            content ->
                content.credentialId() == null
                    || credentials().find(content.credentialId()).isPresent());
  }

  private Token bearer(TokenMint.Content content) {
    List<String> roles =
        content.projectId() == null
            ? List.of()
            : rolesOf(content.userId(), content.projectId(), content.credentialId());
    return new Token(content.userId(), content.projectId(), roles);
  }

  private List<String> rolesOf(String userId, String projectId, String credentialId) {
    if (credentialId != null) {
      List<String> names = new ArrayList<>();
      credentials()
          .find(credentialId)
          .orElseThrow()
          .path("roles")
          .forEach(r -> names.add(r.get("name").asText()));
      return names;
    }
    return assignments().stream()
        .filter(
            a ->
                a.get("user").asText().equals(userId)
                    && a.get("project").asText().equals(projectId))
        .map(a -> a.get("role").asText())
        .toList();
  }

  void revoke(TokenMint.Content content) {
    Instant now = cloud.now();
    revoked().list().stream()
        .filter(row -> Instant.parse(row.get("expires").asText()).isBefore(now))
        .forEach(row -> revoked().remove(row.get("id").asText()));
    revoked()
        .put(Json.obj().put("id", content.auditId()).put("expires", content.expires().toString()));
  }

  /** A token's text with the description that goes with it. */
  record Issued(String token, ObjectNode body) {}

  /** Signs somebody in, as the body of {@code POST /auth/tokens} asks. */
  Issued authenticate(JsonNode request, boolean withCatalog) {
    JsonNode auth = request.get("auth");
    if (auth == null) {
      throw Fault.badRequest("'auth' is a required property");
    }
    JsonNode methods = auth.path("identity").get("methods");
    if (methods == null || !methods.isArray() || methods.isEmpty()) {
      throw Fault.badRequest("'identity' is a required property");
    }
    String method = methods.get(0).asText();
    JsonNode scope = auth.path("scope");
    return switch (method) {
      case "password" -> {
        ObjectNode user = checkPassword(auth.path("identity").path("password").path("user"));
        String id = user.get("id").asText();
        yield issue(id, "password", scope(id, scope, user), null, life(), withCatalog);
      }
      case "token" -> {
        TokenMint.Content old =
            open(Json.text(auth.path("identity").path("token"), "id"))
                .orElseThrow(Keystone::stranger);
        if (old.credentialId() != null) {
          throw Fault.forbidden("Application credentials cannot request a scope.");
        }
        String project = scope(old.userId(), scope, null);
        yield issue(old.userId(), "token", project, null, old.expires(), withCatalog);
      }
      case "application_credential" -> {
        ObjectNode credential =
            checkCredential(auth.path("identity").path("application_credential"));
        if (!scope.isMissingNode()) {
          throw Fault.of(401, "", "Application credentials cannot request a scope.");
        }
        yield issue(
            credential.get("_user").asText(),
            "application_credential",
            credential.get("project_id").asText(),
            credential.get("id").asText(),
            life(),
            withCatalog);
      }
      default -> throw stranger();
    };
  }

  private Instant life() {
    return Instant.ofEpochSecond(cloud.now().plus(TOKEN_LIFE).getEpochSecond());
  }

  static Fault stranger() {
    return Fault.of(401, "", "The request you have made requires authentication.");
  }

  private ObjectNode findUser(JsonNode user) {
    String id = Json.text(user, "id");
    String name = Json.text(user, "name");
    if (id == null && (name == null || !isDefaultDomain(user.path("domain")))) {
      throw stranger();
    }
    return users().stream()
        .filter(u -> u.get(id != null ? "id" : "name").asText().equals(id != null ? id : name))
        .filter(u -> u.get("enabled").asBoolean())
        .findFirst()
        .orElseThrow(Keystone::stranger);
  }

  private ObjectNode checkPassword(JsonNode claim) {
    ObjectNode user = findUser(claim);
    if (!user.get("_password").asText().equals(Json.text(claim, "password"))) {
      throw stranger();
    }
    return user;
  }

  private ObjectNode checkCredential(JsonNode claim) {
    Stream<ObjectNode> found;
    String id = Json.text(claim, "id");
    if (id != null) {
      found = credentials().find(id).stream();
    } else {
      String user = findUser(claim.path("user")).get("id").asText();
      String name = Json.text(claim, "name");
      found =
          credentials().stream()
              .filter(
                  c -> c.get("_user").asText().equals(user) && c.get("name").asText().equals(name));
    }
    return found
        .filter(c -> c.get("_secret").asText().equals(Json.text(claim, "secret")))
        .filter(
            c ->
                c.path("expires_at").isNull()
                    || Instant.parse(c.get("expires_at").asText()).isAfter(cloud.now()))
        .findFirst()
        .orElseThrow(Keystone::stranger);
  }

  private static boolean isDefaultDomain(JsonNode domain) {
    return DOMAIN_ID.equals(Json.text(domain, "id"))
        || DOMAIN_NAME.equals(Json.text(domain, "name"));
  }

  /** The id of the project to scope to; null for an unscoped token. */
  private String scope(String userId, JsonNode scope, ObjectNode user) {
    if (scope.isMissingNode()) {
      return user == null ? null : Json.text(user, "default_project_id");
    }
    if (!scope.isObject()) {
      return null;
    }
    JsonNode project = scope.path("project");
    String id = Json.text(project, "id");
    String name = Json.text(project, "name");
    return projects().stream()
        .filter(p -> id == null || p.get("id").asText().equals(id))
        .filter(
            p ->
                id != null
                    || p.get("name").asText().equals(name)
                        && isDefaultDomain(project.path("domain")))
        .map(p -> p.get("id").asText())
        .filter(p -> !rolesOf(userId, p, null).isEmpty())
        .findFirst()
        .orElseThrow(Keystone::stranger);
  }

  private Issued issue(
      String userId,
      String method,
      String projectId,
      String credentialId,
      Instant expires,
      boolean withCatalog) {
    TokenMint.Content content =
        new TokenMint.Content(
            userId,
            method,
            projectId,
            credentialId,
            TokenMint.auditId(),
            Instant.ofEpochSecond(cloud.now().getEpochSecond()),
            expires);
    return new Issued(mint.sign(content), describe(content, withCatalog));
  }

  /** What Keystone tells about a token. */
  ObjectNode describe(TokenMint.Content content, boolean withCatalog) {
    ObjectNode body = Json.obj();
    ObjectNode token = body.putObject("token");
    token.set("methods", Json.texts(List.of(content.method())));
    ObjectNode user = users().find(content.userId()).orElseThrow();
    ObjectNode who = token.putObject("user");
    who.set("domain", domain());
    who.put("id", content.userId()).put("name", user.get("name").asText());
    who.putNull("password_expires_at");
    token.set("audit_ids", Json.texts(List.of(content.auditId())));
    token.put("expires_at", Json.microsZ(content.expires()));
    token.put("issued_at", Json.microsZ(content.issued()));
    if (content.projectId() != null) {
      ObjectNode project = token.putObject("project");
      project.set("domain", domain());
      project.put("id", content.projectId());
      project.put("name", projects().find(content.projectId()).orElseThrow().get("name").asText());
      token.put("is_domain", false);
      ArrayNode roles = token.putArray("roles");
      rolesOf(content.userId(), content.projectId(), content.credentialId())
          .forEach(role -> roles.add(roleReference(role)));
      if (withCatalog) {
        token.set("catalog", catalog.forProject(content.projectId()));
      }
    }
    if (content.credentialId() != null) {
      ObjectNode credential = credentials().find(content.credentialId()).orElseThrow();
      token
          .putObject("application_credential")
          .put("id", content.credentialId())
          .put("name", credential.get("name").asText())
          .put("restricted", !credential.get("unrestricted").asBoolean());
    }
    return body;
  }

  ObjectNode roleReference(String name) {
    return Json.obj().put("id", cloud.seededHexId("role/" + name)).put("name", name);
  }

  List<String> roleNames(String userId, String projectId) {
    return rolesOf(userId, projectId, null);
  }

  static ObjectNode domain() {
    return Json.obj().put("id", DOMAIN_ID).put("name", DOMAIN_NAME);
  }

  /** A new secret that nobody can guess. */
  static String secret() {
    byte[] bytes = new byte[64];
    new SecureRandom().nextBytes(bytes);
    return new String(
        Base64.getUrlEncoder().withoutPadding().encode(bytes), StandardCharsets.US_ASCII);
  }
}
