package io.isthmus.sandbox.neutron;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.isthmus.sandbox.http.Fault;
import io.isthmus.sandbox.http.Json;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Neutron's security groups. */
final class SecurityGroups extends Kind {
  SecurityGroups(Neutron neutron) {
    super(
        neutron,
        "security_group",
        "security_groups",
        "Security group",
        List.of(Attribute.text("name", ""), Attribute.bool("stateful", true)));
  }

  @Override
  String notFoundType() {
    return "SecurityGroupNotFound";
  }

  @Override
  String notFoundMessage(String id) {
    return "Security group " + id + " does not exist";
  }

  /** The project's default group, made when somebody first needs it. */
  ObjectNode standard(String projectId) {
    return table().stream()
        .filter(g -> g.get("name").asText().equals("default"))
        .filter(g -> g.get("project_id").asText().equals(projectId))
        .findFirst()
        .orElseGet(() -> makeStandard(projectId));
  }

  private ObjectNode makeStandard(String projectId) {
    String now = Json.seconds(neutron.now());
    ObjectNode row = Json.obj().put("id", UUID.randomUUID().toString()).put("name", "default");
    row.put("stateful", true).put("description", "Default security group").put("shared", false);
    row.put("tenant_id", projectId).put("project_id", projectId);
    row.set("tags", Json.arr());
    row.put("created_at", now).put("updated_at", now).put("revision_number", 0);
    table().put(row);
    addStandardRules(row);
    for (String ethertype : List.of("IPv4", "IPv6")) {
      neutron.rules().add(row, "ingress", ethertype, row.get("id").asText());
    }
    return row;
  }

  private void addStandardRules(ObjectNode row) {
    neutron.rules().add(row, "egress", "IPv4", null);
    neutron.rules().add(row, "egress", "IPv6", null);
  }

  @Override
  void create(ObjectNode row, Caller caller) {
    standard(row.get("project_id").asText());
    if (row.get("name").asText().equals("default")) {
      throw Fault.of(
          409, "SecurityGroupDefaultAlreadyExists", "Default security group already exists.");
    }
    row.put("shared", false);
    addStandardRules(row);
  }

  @Override
  void update(ObjectNode row, ObjectNode changes, Caller caller) {
    if (row.get("name").asText().equals("default") && changes.has("name")) {
      throw Fault.of(
          409, "SecurityGroupCannotUpdateDefault", "Updating default security group not allowed.");
    }
  }

  @Override
  void delete(ObjectNode row) {
    String id = row.get("id").asText();
    if (row.get("name").asText().equals("default")) {
      throw Fault.of(
          409,
          "SecurityGroupCannotRemoveDefault",
          "Insufficient rights for removing default security group.");
    }
    boolean used =
        neutron.table("ports").stream()
            .anyMatch(port -> Json.textsOf(port, "security_groups").contains(id));
    if (used) {
      throw Fault.of(409, "SecurityGroupInUse", "Security Group " + id + " in use.");
    }
    neutron.table("security_group_rules").list().stream()
        .filter(
            rule ->
                rule.get("security_group_id").asText().equals(id)
                    || rule.path("remote_group_id").asText().equals(id))
        .forEach(rule -> neutron.table("security_group_rules").remove(rule.get("id").asText()));
  }

  Stream<ObjectNode> rulesOf(String groupId) {
    return neutron.table("security_group_rules").stream()
        .filter(rule -> rule.get("security_group_id").asText().equals(groupId));
  }

  @Override
  ObjectNode view(ObjectNode row, Caller caller) {
    ObjectNode view = super.view(row, caller);
    ArrayNode rules = view.putArray("security_group_rules");
    rulesOf(row.get("id").asText()).forEach(rule -> rules.add(Json.visible(rule)));
    return view;
  }
}
