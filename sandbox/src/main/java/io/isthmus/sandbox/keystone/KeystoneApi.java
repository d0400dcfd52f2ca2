package io.isthmus.sandbox.keystone;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.isthmus.sandbox.federation.Federation.RegionSpec;
import io.isthmus.sandbox.http.Call;
import io.isthmus.sandbox.http.Fault;
import io.isthmus.sandbox.http.Json;
import io.isthmus.sandbox.http.Routes;
import io.javalin.http.HandlerType;
import java.util.stream.Stream;

/** Keystone v3 over HTTP. */
public final class KeystoneApi {
  private final Keystone keystone;
  private final ApplicationCredentials credentials;

  public KeystoneApi(Keystone keystone) {
    this.keystone = keystone;
    this.credentials = new ApplicationCredentials(keystone);
  }

  public void routes(Routes r) {
    r.open(HandlerType.GET, "/", this::versions)
        .open(HandlerType.GET, "/v3", this::version)
        .open(HandlerType.POST, "/v3/auth/tokens", this::authenticate)
        .get("/v3/auth/tokens", this::validate)
        .head("/v3/auth/tokens", this::validate)
        .delete("/v3/auth/tokens", this::revoke)
        .get("/v3/auth/catalog", this::catalog)
        .get("/v3/auth/projects", this::ownProjects)
        .get("/v3/auth/domains", call -> list(call, "domains", Stream.empty()))
        .get("/v3/auth/system", call -> call.answer(200, Json.obj().set("system", Json.arr())))
        .get("/v3/projects", this::projects)
        .get("/v3/projects/{id}", this::project)
        .get("/v3/domains", this::domains)
        .get("/v3/domains/{id}", this::domain)
        .get("/v3/users", this::users)
        .get("/v3/users/{id}", this::user)
        .get("/v3/users/{id}/projects", this::projectsOfUser)
        .get("/v3/regions", call -> list(call, "regions", regions()))
        .get("/v3/regions/{id}", call -> one(call, "region", regions(), "region"))
        .get("/v3/services", call -> list(admin(call, "list_services"), "services", services()))
        .get(
            "/v3/services/{id}",
            call -> one(admin(call, "get_service"), "service", services(), "service"))
        .get("/v3/endpoints", call -> list(admin(call, "list_endpoints"), "endpoints", endpoints()))
        .get(
            "/v3/endpoints/{id}",
            call -> one(admin(call, "get_endpoint"), "endpoint", endpoints(), "endpoint"))
        .get("/v3/roles", call -> list(call, "roles", keystone.roles().stream()))
        .get(
            "/v3/roles/{id}",
            call -> one(admin(call, "get_role"), "role", keystone.roles().stream(), "role"))
        .get("/v3/role_assignments", this::assignments)
        .get("/v3/users/{user}/application_credentials", credentials::list)
        .post("/v3/users/{user}/application_credentials", credentials::create)
        .get("/v3/users/{user}/application_credentials/{id}", credentials::show)
        .delete("/v3/users/{user}/application_credentials/{id}", credentials::delete)
        .unknown(KeystoneApi::unknown);
  }

  private static void unknown(Call call) {
    call.http()
        .status(404)
        .contentType("text/html; charset=utf-8")
        .result(
            "<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>\n<h1>Not Found</h1>\n"
                + "<p>The requested URL was not found on the server. If you entered the URL"
                + " manually please check your spelling and try again.</p>\n");
  }

  private void versions(Call call) {
    ObjectNode body = Json.obj();
    body.putObject("versions").putArray("values").add(versionOf(call));
    call.header("Location", call.baseUrl() + "/v3/").answer(300, body);
  }

  private void version(Call call) {
    call.answer(200, Json.obj().set("version", versionOf(call)));
  }

  private ObjectNode versionOf(Call call) {
    ObjectNode version = Json.obj().put("id", "v3.14").put("status", "stable");
    version.put("updated", "2020-04-07T00:00:00Z");
    version.set("links", Json.link("self", call.baseUrl() + "/v3/"));
    version
        .putArray("media-types")
        .addObject()
        .put("base", "application/json")
        .put("type", "application/vnd.openstack.identity-v3+json");
    return version;
  }

  private void authenticate(Call call) {
    Keystone.Issued issued = keystone.authenticate(call.json(), call.query("nocatalog") == null);
    call.header("X-Subject-Token", issued.token()).header("Vary", "X-Auth-Token");
    call.answer(201, issued.body());
  }

  private TokenMint.Content subject(Call call) {
    return keystone
        .open(call.header("X-Subject-Token"))
        .orElseThrow(() -> Fault.notFound("Could not find token."));
  }

  private void validate(Call call) {
    TokenMint.Content subject = subject(call);
    call.header("X-Subject-Token", call.header("X-Subject-Token"));
    call.answer(200, keystone.describe(subject, call.query("nocatalog") == null));
  }

  private void revoke(Call call) {
    keystone.revoke(subject(call));
    call.answer(204);
  }

  private void catalog(Call call) {
    ObjectNode body = Json.obj();
    body.set("catalog", keystone.catalog().forProject(call.projectId()));
    body.set("links", links(call));
    call.answer(200, body);
  }

  private void ownProjects(Call call) {
    list(call, "projects", projectsOf(call.token().userId()));
  }

  private Stream<ObjectNode> projectsOf(String userId) {
    return keystone.projects().stream()
        .filter(p -> !keystone.roleNames(userId, p.get("id").asText()).isEmpty());
  }

  private void projects(Call call) {
    admin(call, "list_projects");
    list(call, "projects", named(call, keystone.projects().stream()));
  }

  private void project(Call call) {
    if (!call.param("id").equals(call.projectId())) {
      admin(call, "get_project");
    }
    one(call, "project", keystone.projects().stream(), "project");
  }

  private ObjectNode defaultDomain() {
    ObjectNode domain = Keystone.domain().put("description", "The default domain");
    domain.put("enabled", true);
    domain.set("tags", Json.arr());
    domain.set("options", Json.obj());
    return domain;
  }

  private void domains(Call call) {
    admin(call, "list_domains");
    list(call, "domains", named(call, Stream.of(defaultDomain())));
  }

  private void domain(Call call) {
    one(admin(call, "get_domain"), "domain", Stream.of(defaultDomain()), "domain");
  }

  private void users(Call call) {
    list(admin(call, "list_users"), "users", named(call, keystone.users().stream()));
  }

  private void user(Call call) {
    if (!call.param("id").equals(call.token().userId())) {
      admin(call, "get_user");
    }
    one(call, "user", keystone.users().stream(), "user");
  }

  private void projectsOfUser(Call call) {
    if (!call.param("id").equals(call.token().userId())) {
      admin(call, "list_user_projects");
    }
    list(call, "projects", projectsOf(call.param("id")));
  }

  private Stream<ObjectNode> regions() {
    return keystone.cloud().spec().regions().stream()
        .map(RegionSpec::name)
        .map(name -> Json.obj().put("id", name).put("description", "").putNull("parent_region_id"));
  }

  private Stream<ObjectNode> services() {
    return keystone.catalog().services().stream();
  }

  private Stream<ObjectNode> endpoints() {
    return keystone.catalog().endpoints().stream();
  }

  private void assignments(Call call) {
    admin(call, "list_role_assignments");
    ArrayNode list = Json.arr();
    keystone.assignments().stream()
        .filter(a -> matches(a.get("user").asText(), call.query("user.id")))
        .filter(a -> matches(a.get("project").asText(), call.query("scope.project.id")))
        .forEach(
            a -> {
              ObjectNode row = list.addObject();
              row.putObject("role")
                  .put("id", keystone.roleReference(a.get("role").asText()).get("id").asText());
              row.putObject("user").put("id", a.get("user").asText());
              row.putObject("scope").putObject("project").put("id", a.get("project").asText());
              row.putObject("links");
            });
    ObjectNode body = Json.obj();
    body.set("role_assignments", list);
    body.set("links", links(call));
    call.answer(200, body);
  }

  private static boolean matches(String value, String wanted) {
    return wanted == null || wanted.equals(value);
  }

  private static Stream<ObjectNode> named(Call call, Stream<ObjectNode> rows) {
    String name = call.query("name");
    return name == null ? rows : rows.filter(row -> row.get("name").asText().equals(name));
  }

  private static Call admin(Call call, String action) {
    if (!call.admin()) {
      throw Fault.forbidden(
          "You are not authorized to perform the requested action: identity:" + action + ".");
    }
    return call;
  }

  private static void list(Call call, String name, Stream<ObjectNode> rows) {
    ObjectNode body = Json.obj();
    ArrayNode list = Json.arr();
    rows.forEach(row -> list.add(linked(call, name, row)));
    body.set(name, list);
    body.set("links", links(call));
    call.answer(200, body);
  }

  private static void one(Call call, String wrapper, Stream<ObjectNode> rows, String word) {
    String id = call.param("id");
    ObjectNode row =
        rows.filter(r -> r.get("id").asText().equals(id))
            .findFirst()
            .orElseThrow(() -> Fault.notFound("Could not find " + word + ": " + id + "."));
    call.answer(200, Json.obj().set(wrapper, linked(call, wrapper + "s", row)));
  }

  private static ObjectNode linked(Call call, String collection, ObjectNode row) {
    ObjectNode copy = Json.visible(row);
    copy.putObject("links")
        .put("self", call.baseUrl() + "/v3/" + collection + "/" + row.get("id").asText());
    return copy;
  }

  private static ObjectNode links(Call call) {
    ObjectNode links = Json.obj().putNull("next");
    links.put("self", call.baseUrl() + call.http().path().substring("/identity".length()));
    return links.putNull("previous");
  }
}
