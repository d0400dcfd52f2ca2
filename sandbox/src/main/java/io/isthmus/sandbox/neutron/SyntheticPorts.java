package io.isthmus.sandbox.neutron;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.isthmus.sandbox.cloud.Cloud;
import io.isthmus.sandbox.cloud.Synthetic.Thing;
import io.isthmus.sandbox.cloud.SyntheticProject;
import io.isthmus.sandbox.http.Json;
import java.util.Optional;
import java.util.stream.Stream;

/** The ports that are in a region by rule. */
final class SyntheticPorts {
  private final Cloud cloud;
  private final String region;

  SyntheticPorts(Cloud cloud, String region) {
    this.cloud = cloud;
    this.region = region;
  }

  Optional<SyntheticProject> of(String projectId) {
    return Optional.ofNullable(cloud.synthetic(region).get(projectId));
  }

  Stream<SyntheticProject> projects() {
    return cloud.synthetic(region).values().stream();
  }

  /** All that are there, of all projects. */
  Stream<ObjectNode> rows() {
    return projects().flatMap(project -> project.ports().all().map(thing -> row(project, thing)));
  }

  Optional<ObjectNode> find(String id) {
    return projects()
        .flatMap(
            project ->
                project.ports().find(id).stream()
                    .filter(project.ports()::exists)
                    .mapToObj(index -> row(project, project.ports().thing(index))))
        .findFirst();
  }

  /** What tells that one has changed. */
  static ObjectNode brief(Thing thing) {
    return Json.obj().put("id", thing.id()).put("revision_number", thing.revision());
  }

  /** As Neutron keeps others. */
  ObjectNode row(SyntheticProject project, Thing thing) {
    int index = thing.index();
    boolean plugged = project.servers().exists(index);
    ObjectNode row = Json.obj().put("id", thing.id()).put("name", thing.name("port"));
    row.put("network_id", project.networkId()).put("admin_state_up", true);
    row.put("mac_address", SyntheticProject.mac(index)).put("description", "");
    row.putArray("fixed_ips").addObject().put("ip_address", SyntheticProject.address(index));
    row.put("device_id", plugged ? project.servers().id(index) : "");
    row.put("device_owner", plugged ? "compute:nova" : "");
    row.set("security_groups", Json.arr());
    row.set("allowed_address_pairs", Json.arr());
    row.set("extra_dhcp_opts", Json.arr());
    row.put("binding:vnic_type", "normal").put("port_security_enabled", true);
    row.putNull("qos_policy_id").put("dns_name", "").put("dns_domain", "");
    row.put("status", plugged ? "ACTIVE" : "DOWN");
    row.put("tenant_id", project.projectId()).put("project_id", project.projectId());
    row.set("tags", Json.arr());
    row.put("created_at", Json.seconds(thing.created()));
    row.put("updated_at", Json.seconds(thing.updated()));
    return row.put("revision_number", thing.revision());
  }
}
