package io.isthmus.sandbox.keystone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.isthmus.sandbox.http.Call;
import io.isthmus.sandbox.http.Fault;
import io.isthmus.sandbox.http.Json;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.UUID;

/** A user's application credentials. */
final class ApplicationCredentials {
  private final Keystone keystone;

  ApplicationCredentials(Keystone keystone) {
    this.keystone = keystone;
  }

  void list(Call call) {
    own(call, "list_application_credentials");
    String name = call.query("name");
    ArrayNode list = Json.arr();
    keystone.credentials().stream()
        .filter(c -> c.get("_user").asText().equals(call.param("user")))
        .filter(c -> name == null || c.get("name").asText().equals(name))
        .forEach(c -> list.add(view(call, c)));
    ObjectNode body = Json.obj();
    body.set("application_credentials", list);
    body.putObject("links").putNull("next").putNull("previous").put("self", self(call, null));
    call.answer(200, body);
  }

  void show(Call call) {
    own(call, "get_application_credential");
    call.answer(200, Json.obj().set("application_credential", view(call, find(call))));
  }

  void delete(Call call) {
    own(call, "delete_application_credential");
    refuseRestricted(call, "delete_application_credential");
    keystone.credentials().remove(find(call).get("id").asText());
    call.answer(204);
  }

  void create(Call call) {
    own(call, "create_application_credential");
    refuseRestricted(call, "create_application_credential");
    if (call.projectId() == null) {
      throw Fault.badRequest(
          "Could not create application credential: the token is not scoped to a project.");
    }
    ObjectNode request = call.json("application_credential");
    String name = Json.text(request, "name");
    if (name == null || name.isBlank()) {
      throw Fault.badRequest("'name' is a required property");
    }
    boolean taken =
        keystone.credentials().stream()
            .anyMatch(
                c ->
                    c.get("_user").asText().equals(call.param("user"))
                        && c.get("name").asText().equals(name));
    if (taken) {
      throw Fault.conflict(
          "Conflict occurred attempting to store application_credential - Duplicate entry found"
              + " with name "
              + name
              + ".");
    }
    ObjectNode row = Json.obj().put("id", UUID.randomUUID().toString().replace("-", ""));
    row.put("name", name).put("project_id", call.projectId());
    row.set(
        "description",
        request.path("description").isTextual()
            ? request.get("description")
            : Json.obj().nullNode());
    row.put("unrestricted", request.path("unrestricted").asBoolean(false));
    row.set("expires_at", expiry(request));
    row.set("roles", roles(call, request));
    String secret = Json.text(request, "secret");
    row.put("_secret", secret == null ? Keystone.secret() : secret);
    row.put("_user", call.param("user"));
    keystone.credentials().put(row);
    ObjectNode view = view(call, row);
    view.put("secret", row.get("_secret").asText());
    call.answer(201, Json.obj().set("application_credential", view));
  }

  private JsonNode expiry(ObjectNode request) {
    String text = Json.text(request, "expires_at");
    if (text == null) {
      return request.nullNode();
    }
    try {
      Instant time = Instant.parse(text.endsWith("Z") ? text : text + "Z");
      return request.textNode(Json.microsZ(time));
    } catch (DateTimeParseException wrong) {
      throw Fault.badRequest("Invalid time format: '" + text + "'.");
    }
  }

  private ArrayNode roles(Call call, ObjectNode request) {
    ArrayNode roles = Json.arr();
    List<String> held = call.token().roles();
    List<String> wanted = request.path("roles").findValuesAsText("name");
    for (String role : wanted.isEmpty() ? held : wanted) {
      if (!held.contains(role)) {
        throw Fault.badRequest(
            "Could not find role assignment with role: "
                + role
                + ", user or group: "
                + call.param("user")
                + ", project, domain, or system: "
                + call.projectId()
                + ".");
      }
      roles.add(keystone.roleReference(role).putNull("domain_id"));
    }
    return roles;
  }

  private ObjectNode find(Call call) {
    String id = call.param("id");
    return keystone
        .credentials()
        .find(id)
        .filter(c -> c.get("_user").asText().equals(call.param("user")))
        .orElseThrow(() -> Fault.notFound("Could not find Application Credential: " + id + "."));
  }

  private static void own(Call call, String action) {
    if (!call.param("user").equals(call.token().userId()) && !call.admin()) {
      throw forbidden(action);
    }
  }

  private void refuseRestricted(Call call, String action) {
    boolean restricted =
        keystone
            .open(call.header("X-Auth-Token"))
            .map(TokenMint.Content::credentialId)
            .flatMap(id -> keystone.credentials().find(id))
            .map(c -> !c.get("unrestricted").asBoolean())
            .orElse(false);
    if (restricted) {
      throw forbidden(action);
    }
  }

  private static Fault forbidden(String action) {
    return Fault.forbidden(
        "You are not authorized to perform the requested action: identity:" + action + ".");
  }

  private static ObjectNode view(Call call, ObjectNode row) {
    ObjectNode view = Json.visible(row);
    view.putNull("system").put("user_id", row.get("_user").asText());
    view.putObject("links").put("self", self(call, row.get("id").asText()));
    return view;
  }

  private static String self(Call call, String id) {
    return call.baseUrl()
        + "/v3/users/"
        + call.param("user")
        + "/application_credentials"
        + (id == null ? "" : "/" + id);
  }
}
