package io.isthmus.sandbox.octavia;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.isthmus.sandbox.http.Json;
import java.util.stream.Stream;

/** The states of a load balancer and all that is part of it, as one tree. */
final class StatusTree {
  private final Octavia octavia;

  StatusTree(Octavia octavia) {
    this.octavia = octavia;
  }

  ObjectNode of(ObjectNode balancer) {
    ObjectNode tree = states(octavia.balancers(), balancer);
    ArrayNode listeners = tree.putArray("listeners");
    octavia
        .listeners()
        .ofBalancer(balancer.get("id").asText())
        .forEach(listener -> listeners.add(listener(listener)));
    return Json.obj().set("loadbalancer", tree);
  }

  private ObjectNode listener(ObjectNode listener) {
    ObjectNode tree = states(octavia.listeners(), listener);
    ArrayNode pools = tree.putArray("pools");
    octavia.pools().table().find(listener.path("default_pool_id").asText()).stream()
        .forEach(pool -> pools.add(pool(pool)));
    return tree;
  }

  private ObjectNode pool(ObjectNode pool) {
    String id = pool.get("id").asText();
    ObjectNode tree = states(octavia.pools(), pool);
    octavia
        .monitors()
        .ofPool(id)
        .forEach(
            monitor -> tree.set("health_monitor", states(octavia.monitors(), monitor, "type")));
    ArrayNode members = tree.putArray("members");
    octavia
        .members()
        .ofPool(id)
        .forEach(
            member -> members.add(states(octavia.members(), member, "address", "protocol_port")));
    return tree;
  }

  private static ObjectNode states(Kind kind, ObjectNode row, String... more) {
    return kind.view(row)
        .retain(
            Stream.concat(
                    Stream.of("id", "name", "operating_status", "provisioning_status"),
                    Stream.of(more))
                .toList());
  }
}
