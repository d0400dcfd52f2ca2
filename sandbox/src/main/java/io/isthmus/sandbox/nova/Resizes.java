package io.isthmus.sandbox.nova;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.isthmus.sandbox.federation.Federation.FlavorSpec;
import io.isthmus.sandbox.http.Call;
import io.isthmus.sandbox.http.Fault;
import io.isthmus.sandbox.http.Json;
import io.isthmus.sandbox.http.Microversion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** New flavors and new images for servers that are there. */
final class Resizes {
  private static final Set<String> REBUILD_FIELDS =
      Set.of(
          "imageRef",
          "name",
          "adminPass",
          "metadata",
          "preserve_ephemeral",
          "OS-DCF:diskConfig",
          "accessIPv4",
          "accessIPv6",
          "description",
          "key_name",
          "user_data",
          "trusted_image_certificates",
          "hostname");

  private final Nova nova;

  Resizes(Nova nova) {
    this.nova = nova;
  }

  void resize(Call call, ObjectNode server, JsonNode request) {
    String reference = request.path("flavorRef").asText();
    String id = reference.substring(reference.lastIndexOf('/') + 1);
    if (id.isEmpty()) {
      throw ServerRequest.invalid("resize", request, "'flavorRef' is a required property");
    }
    FlavorSpec flavor =
        nova.flavors()
            .find(id)
            .orElseThrow(() -> Fault.badRequest("Unable to locate requested flavor."));
    JsonNode old = server.get("_flavor");
    if (old.get("id").asText().equals(flavor.id())) {
      throw Fault.badRequest("When resizing, instances must change flavor!");
    }
    if (flavor.disk() < old.get("disk").asInt() && server.hasNonNull("_image")) {
      throw Fault.badRequest("Resize to a smaller disk is not supported.");
    }
    checkQuota(call, flavor, old);
    nova.resize(server, flavor, call.requestId());
    call.answer(202);
  }

  /** Only what the new flavor has more than the old one counts. */
  private void checkQuota(Call call, FlavorSpec flavor, JsonNode old) {
    Map<String, Integer> more =
        new TreeMap<>(
            Map.of(
                "cores", flavor.vcpus() - old.get("vcpus").asInt(),
                "ram", flavor.ram() - old.get("ram").asInt()));
    List<String> over = new ArrayList<>();
    List<String> asked = new ArrayList<>();
    List<String> used = new ArrayList<>();
    List<String> limits = new ArrayList<>();
    more.forEach(
        (name, extra) -> {
          int limit = nova.quotas().limit(call.projectId(), name);
          int now = nova.used(call.projectId(), name.equals("cores") ? "vcpus" : name);
          if (extra > 0 && limit >= 0 && now + extra > limit) {
            over.add(name);
            asked.add(extra.toString());
            used.add(String.valueOf(now));
            limits.add(String.valueOf(limit));
          }
        });
    if (!over.isEmpty()) {
      String names = String.join(", ", over);
      throw Fault.forbidden(
          "Quota exceeded for "
              + names
              + ": Requested "
              + String.join(", ", asked)
              + ", but already used "
              + String.join(", ", used)
              + " of "
              + String.join(", ", limits)
              + " "
              + names);
    }
  }

  /** Ends a resize that waits for a word; while that is done, or without one, it is a mistake. */
  void end(Call call, ObjectNode server, boolean confirm) {
    if (server.path("_ending").asBoolean()) {
      throw Fault.badRequest("Instance has not been resized.");
    }
    nova.endResize(server, confirm, call.requestId());
    call.answer(confirm ? 204 : 202);
  }

  void rebuild(Call call, ObjectNode server, JsonNode request) {
    Microversion version = Microversion.of(call);
    request
        .fieldNames()
        .forEachRemaining(
            field -> {
              boolean known =
                  REBUILD_FIELDS.contains(field)
                      && (!field.equals("user_data") || version.atLeast(57))
                      && (!field.equals("key_name") || version.atLeast(54))
                      && (!field.equals("description") || version.atLeast(19));
              if (!known) {
                throw ServerRequest.invalid(
                    "rebuild",
                    request,
                    "Additional properties are not allowed ('" + field + "' was unexpected)");
              }
            });
    String id = Json.text(request, "imageRef");
    if (id == null) {
      throw ServerRequest.invalid("rebuild", request, "'imageRef' is a required property");
    }
    ObjectNode image =
        nova.glance()
            .image(id, call.projectId(), call.admin())
            .orElseThrow(() -> Fault.badRequest("Cannot find image for rebuild"));
    if (!image.get("status").asText().equals("active")) {
      throw Fault.badRequest("Image " + id + " is not active.");
    }
    if (!server.hasNonNull("_image")) {
      throw Fault.badRequest(
          "Unable to rebuild with a different image for a volume-backed server.");
    }
    if (image.path("min_ram").asInt() > server.get("_flavor").get("ram").asInt()) {
      throw Fault.badRequest("Flavor's memory is too small for requested image.");
    }
    if (request.path("name").isTextual()) {
      server.put("name", request.get("name").asText().strip());
    }
    if (request.path("metadata").isObject()) {
      server.set("metadata", request.get("metadata").deepCopy());
    }
    server.put("_image", id);
    nova.rebuild(server, call.requestId());
    ObjectNode view = new ServerView(nova).full(call, server);
    view.put("adminPass", request.path("adminPass").asText("sandbox"));
    call.answer(202, Json.obj().set("server", view));
  }

  /** What was done to the server, newest first. */
  void actions(Call call, ObjectNode server) {
    ArrayNode list = Json.arr();
    List<JsonNode> all = new ArrayList<>();
    server.path("_actions").forEach(all::add);
    for (int i = all.size() - 1; i >= 0; i--) {
      list.add(action(call, server, all.get(i)));
    }
    call.answer(200, Json.obj().set("instanceActions", list));
  }

  void showAction(Call call, ObjectNode server) {
    for (JsonNode action : server.path("_actions")) {
      if (action.get("request_id").asText().equals(call.param("request"))) {
        ObjectNode view = action(call, server, action);
        view.putArray("events");
        call.answer(200, Json.obj().set("instanceAction", view));
        return;
      }
    }
    throw Fault.notFound("Action for request_id " + call.param("request") + " not found");
  }

  private static ObjectNode action(Call call, ObjectNode server, JsonNode action) {
    ObjectNode view = action.deepCopy();
    view.put("instance_uuid", server.get("id").asText());
    view.put("project_id", server.get("_project").asText());
    view.set("user_id", server.get("user_id"));
    if (!Microversion.of(call).atLeast(58)) {
      view.remove("updated_at");
    }
    return view;
  }
}
