package io.isthmus.sandbox.octavia;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.isthmus.sandbox.http.Fault;
import io.isthmus.sandbox.http.Json;
import io.isthmus.sandbox.http.Token;
import io.isthmus.sandbox.neutron.Caller;
import java.util.List;
import java.util.stream.Stream;

/** The servers of a pool. */
final class Members extends Kind {
  Members(Octavia octavia) {
    super(
        octavia,
        "member",
        "members",
        "Member",
        "member",
        List.of(
            Field.text("name", ""),
            Field.bool("admin_state_up", true),
            Field.of("address", Field.Form.ADDRESS).mustBeNamed().fixed(),
            Field.number("protocol_port", 1, 65535).mustBeNamed().fixed(),
            Field.number("weight", 0, 256).with(1),
            Field.bool("backup", false),
            Field.of("subnet_id", Field.Form.UUID).fixed(),
            Field.of("monitor_address", Field.Form.ADDRESS),
            Field.number("monitor_port", 1, 65535),
            Field.of(POOL, Field.Form.TEXT).fixed(),
            Field.tags()));
  }

  @Override
  void create(ObjectNode row, Token caller) {
    ObjectNode pool = octavia.pools().find(row.get(POOL).asText(), caller);
    String subnetId = Json.text(row, "subnet_id");
    if (subnetId != null
        && octavia
            .neutron()
            .subnet(subnetId, new Caller(caller.projectId(), caller.admin()))
            .isEmpty()) {
      throw Fault.badRequest("Subnet " + subnetId + " not found.");
    }
    row.put(BALANCER, octavia.pools().balancerOf(pool));
    row.set("project_id", pool.get("project_id"));
    refuseTaken(row);
  }

  private void refuseTaken(ObjectNode row) {
    String address = row.get("address").asText();
    int port = row.get("protocol_port").asInt();
    ofPool(row.get(POOL).asText())
        .filter(other -> other.get("address").asText().equals(address))
        .filter(other -> other.get("protocol_port").asInt() == port)
        .findAny()
        .ifPresent(
            other -> {
              throw Fault.conflict(
                  "Another member on this pool is already using ip "
                      + address
                      + " on protocol_port "
                      + port);
            });
  }

  @Override
  Stream<ObjectNode> touched(ObjectNode row) {
    return octavia.poolAndListeners(row.get(POOL).asText());
  }

  @Override
  void describe(ObjectNode row, ObjectNode view) {}
}
