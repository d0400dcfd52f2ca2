package io.isthmus.sandbox.nova;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.isthmus.sandbox.http.Call;
import io.isthmus.sandbox.http.Fault;
import io.isthmus.sandbox.http.Json;
import io.isthmus.sandbox.http.Microversion;
import io.isthmus.sandbox.http.Pages;
import io.isthmus.sandbox.http.Routes;
import java.util.List;
import java.util.UUID;

/** Nova's server groups; each belongs to a project. */
final class ServerGroups {
  private static final List<String> HARD = List.of("anti-affinity", "affinity");
  private static final List<String> SOFT = List.of("soft-anti-affinity", "soft-affinity");
  private static final int MOST = 1000;

  private final Nova nova;

  ServerGroups(Nova nova) {
    this.nova = nova;
  }

  void routes(Routes r) {
    r.get("/v2.1/os-server-groups", this::list)
        .post("/v2.1/os-server-groups", this::create)
        .get(
            "/v2.1/os-server-groups/{id}",
            call -> call.answer(200, Json.obj().set("server_group", view(call, group(call)))))
        .delete("/v2.1/os-server-groups/{id}", this::delete);
  }

  private static ObjectNode view(Call call, ObjectNode group) {
    Microversion version = Microversion.of(call);
    ObjectNode view = Json.obj().put("id", group.get("id").asText());
    view.put("name", group.get("name").asText());
    if (version.atLeast(64)) {
      view.put("policy", group.get("policy").asText());
      view.set("rules", group.path("rules").isObject() ? group.get("rules") : Json.obj());
    } else {
      view.set("policies", Json.texts(List.of(group.get("policy").asText())));
      view.putObject("metadata");
    }
    view.set("members", group.get("members"));
    if (version.atLeast(13)) {
      view.set("project_id", group.get("project_id"));
      view.set("user_id", group.get("user_id"));
    }
    return view;
  }

  /** Pages go by offset; Nova gives no link to the next one here. */
  private void list(Call call) {
    int limit = Math.min(MOST, Pages.number(call, "limit", MOST));
    ArrayNode list = Json.arr();
    nova.groupsOf(call.projectId())
        .skip(Pages.number(call, "offset", 0))
        .limit(limit == 0 ? MOST : limit)
        .forEach(g -> list.add(view(call, g)));
    call.answer(200, Json.obj().set("server_groups", list));
  }

  private ObjectNode group(Call call) {
    String id = call.param("id");
    return nova.groups()
        .find(id)
        .filter(g -> g.get("project_id").asText().equals(call.projectId()))
        .orElseThrow(() -> Fault.notFound("Instance group " + id + " could not be found."));
  }

  private void create(Call call) {
    ObjectNode request = call.json("server_group");
    String name = Json.text(request, "name");
    String policy = policy(call, request);
    if (name == null || policy == null) {
      String lacking =
          name == null ? "name" : Microversion.of(call).atLeast(64) ? "policy" : "policies";
      throw ServerRequest.invalid(
          "server_group", request, "'" + lacking + "' is a required property");
    }
    if (name.isBlank() || name.length() > 255) {
      throw ServerRequest.invalid(
          "name",
          request.get("name"),
          "'" + name + "' is too " + (name.isBlank() ? "short" : "long"));
    }
    boolean known =
        HARD.contains(policy) || SOFT.contains(policy) && Microversion.of(call).atLeast(15);
    if (!known) {
      throw ServerRequest.invalid(
          "policy",
          request.textNode(policy),
          "'"
              + policy
              + "' is not one of ['anti-affinity', 'affinity', 'soft-anti-affinity',"
              + " 'soft-affinity']");
    }
    JsonNode rules = rules(call, request, policy);
    int limit = nova.quotas().limit(call.projectId(), "server_groups");
    if (limit >= 0 && nova.groupsOf(call.projectId()).count() >= limit) {
      throw Fault.forbidden("Quota exceeded, too many server groups.");
    }
    ObjectNode row = Json.obj().put("id", UUID.randomUUID().toString()).put("name", name);
    row.put("policy", policy).put("project_id", call.projectId());
    row.set("rules", rules);
    row.put("user_id", call.token().userId()).putArray("members");
    nova.groups().put(row);
    call.answer(200, Json.obj().set("server_group", view(call, row)));
  }

  private static String policy(Call call, ObjectNode request) {
    if (Microversion.of(call).atLeast(64)) {
      if (request.has("policies")) {
        throw ServerRequest.invalid(
            "server_group",
            request,
            "Additional properties are not allowed ('policies' was unexpected)");
      }
      return Json.text(request, "policy");
    }
    JsonNode policies = request.path("policies");
    if (policies.size() > 1) {
      throw ServerRequest.invalid("policies", policies, Json.python(policies) + " is too long");
    }
    return policies.path(0).asText(null);
  }

  private static JsonNode rules(Call call, ObjectNode request, String policy) {
    JsonNode rules = request.path("rules");
    if (rules.isMissingNode()) {
      return Json.obj();
    }
    if (!Microversion.of(call).atLeast(64)) {
      throw ServerRequest.invalid(
          "server_group",
          request,
          "Additional properties are not allowed ('rules' was unexpected)");
    }
    if (!rules.isEmpty() && !policy.equals("anti-affinity")) {
      throw Fault.badRequest("Only anti-affinity policy supports rules.");
    }
    for (var it = rules.fieldNames(); it.hasNext(); ) {
      String rule = it.next();
      if (!rule.equals("max_server_per_host")) {
        throw ServerRequest.invalid(
            "rules",
            rules,
            "Additional properties are not allowed ('" + rule + "' was unexpected)");
      }
      if (rules.get(rule).asInt(0) < 1) {
        throw ServerRequest.invalid(rule, rules.get(rule), "less than the minimum of 1");
      }
    }
    return rules.deepCopy();
  }

  private void delete(Call call) {
    nova.groups().remove(group(call).get("id").asText());
    call.answer(204);
  }
}
