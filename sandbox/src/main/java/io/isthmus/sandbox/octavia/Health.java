package io.isthmus.sandbox.octavia;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.isthmus.sandbox.http.Json;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether what is balanced works: a member of a monitored pool is up as long as its address is that
 * of a running server.
 */
final class Health {
  private final Octavia octavia;

  Health(Octavia octavia) {
    this.octavia = octavia;
  }

  /** The row's operating status. */
  String of(Kind kind, ObjectNode row) {
    if (!row.path("admin_state_up").asBoolean(true)
        || row.get("provisioning_status").asText().equals(Status.PENDING_CREATE)) {
      return Status.OFFLINE;
    }
    if (kind == octavia.members()) {
      return ofMember(row);
    }
    if (kind == octavia.pools()) {
      return ofPool(row);
    }
    return kind == octavia.balancers() ? ofBalancer(row) : Status.ONLINE;
  }

  private String ofMember(ObjectNode member) {
    if (octavia.monitors().ofPool(member.get(Kind.POOL).asText()).findAny().isEmpty()) {
      return Status.NO_MONITOR;
    }
    if (member.get("weight").asInt() == 0) {
      return Status.DRAINING;
    }
    String address = Json.text(member, "monitor_address");
    boolean up =
        octavia
            .neutron()
            .serverAnswersAt(network(member), address == null ? text(member, "address") : address);
    return up ? Status.ONLINE : Status.ERROR;
  }

  /** The network of the member's subnet, else that of the balancer's own address. */
  private String network(ObjectNode member) {
    String subnet = Json.text(member, "subnet_id");
    return octavia
        .neutron()
        .networkOfSubnet(subnet == null ? "" : subnet)
        .orElseGet(
            () ->
                octavia
                    .balancers()
                    .table()
                    .find(text(member, Kind.BALANCER))
                    .map(balancer -> text(balancer, "vip_network_id"))
                    .orElse(""));
  }

  private String ofPool(ObjectNode pool) {
    Set<String> seen =
        octavia
            .members()
            .ofPool(text(pool, "id"))
            .map(member -> of(octavia.members(), member))
            .collect(Collectors.toSet());
    if (!seen.contains(Status.ERROR)) {
      return Status.ONLINE;
    }
    return seen.size() == 1 ? Status.ERROR : Status.DEGRADED;
  }

  private String ofBalancer(ObjectNode balancer) {
    Set<String> seen =
        octavia
            .pools()
            .ofBalancer(text(balancer, "id"))
            .map(pool -> of(octavia.pools(), pool))
            .collect(Collectors.toSet());
    for (String worst : new String[] {Status.ERROR, Status.DEGRADED}) {
      if (seen.contains(worst)) {
        return worst;
      }
    }
    return Status.ONLINE;
  }

  private static String text(ObjectNode row, String field) {
    return row.get(field).asText();
  }
}
