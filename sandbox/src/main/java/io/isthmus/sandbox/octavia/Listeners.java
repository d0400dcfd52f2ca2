package io.isthmus.sandbox.octavia;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.isthmus.sandbox.http.Fault;
import io.isthmus.sandbox.http.Json;
import io.isthmus.sandbox.http.Token;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What a load balancer listens for. */
final class Listeners extends Kind {
  private static final Set<String> DATAGRAMS = Set.of("UDP", "SCTP");
  private static final Set<String> TLS = Set.of("SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3");

  Listeners(Octavia octavia) {
    super(
        octavia,
        "listener",
        "listeners",
        "Listener",
        "listener",
        List.of(
            Field.text("name", ""),
            Field.text("description", ""),
            Field.bool("admin_state_up", true),
            Field.of("protocol", Field.Form.TEXT)
                .oneOf("HTTP", "HTTPS", "PROMETHEUS", "SCTP", "TCP", "TERMINATED_HTTPS", "UDP")
                .mustBeNamed()
                .fixed(),
            Field.number("protocol_port", 1, 65535).mustBeNamed().fixed(),
            Field.number("connection_limit", -1, Integer.MAX_VALUE).with(-1),
            Field.of("default_tls_container_ref", Field.Form.TEXT),
            Field.of("sni_container_refs", Field.Form.TEXTS).with(Json.arr()),
            Field.of("default_pool_id", Field.Form.UUID),
            Field.of("insert_headers", Field.Form.OBJECT).with(Json.obj()),
            Field.number("timeout_client_data", 0, 86_400_000).with(50_000),
            Field.number("timeout_member_connect", 0, 86_400_000).with(5_000),
            Field.number("timeout_member_data", 0, 86_400_000).with(50_000),
            Field.number("timeout_tcp_inspect", 0, 86_400_000).with(0),
            Field.of("allowed_cidrs", Field.Form.TEXTS),
            Field.of("tls_versions", Field.Form.TEXTS)
                .with(Json.texts(List.of("TLSv1.2", "TLSv1.3"))),
            Field.of("loadbalancer_id", Field.Form.UUID).mustBeNamed().fixed(),
            Field.tags()));
  }

  @Override
  void create(ObjectNode row, Token caller) {
    ObjectNode balancer = octavia.balancers().find(row.get("loadbalancer_id").asText(), caller);
    row.remove("loadbalancer_id");
    row.put(BALANCER, balancer.get("id").asText());
    row.set("project_id", balancer.get("project_id"));
    row.set("l7policies", Json.arr());
    if (row.get("protocol").asText().equals("TERMINATED_HTTPS")
        && row.get("default_tls_container_ref").isNull()
        && row.get("sni_container_refs").isEmpty()) {
      throw Fault.badRequest(
          "Validation failure: An SNI or default certificate container reference must be provided"
              + " with TERMINATED_HTTPS protocol.");
    }
    if (row.get("protocol").asText().equals("TERMINATED_HTTPS")) {
      checkTls(row);
    } else {
      row.set("tls_versions", Json.arr());
    }
    checkPool(row, row, caller);
    refuseTaken(row);
  }

  /** As octavia/common/validate.py check_tls_version_list. */
  private static void checkTls(ObjectNode given) {
    JsonNode versions = given.path("tls_versions");
    if (versions.isArray() && versions.isEmpty()) {
      throw Fault.badRequest(
          "Validation failure: Empty TLS version list. Either specify at least one TLS version or"
              + " remove this parameter to use the default.");
    }
    String unknown =
        StreamSupport.stream(versions.spliterator(), false)
            .map(JsonNode::asText)
            .filter(version -> !TLS.contains(version))
            .collect(Collectors.joining(", "));
    if (!unknown.isEmpty()) {
      throw Fault.badRequest("Validation failure: Invalid TLS versions: " + unknown);
    }
  }

  private void checkPool(ObjectNode row, ObjectNode given, Token caller) {
    String poolId = Json.text(given, "default_pool_id");
    if (poolId != null) {
      ObjectNode pool = octavia.pools().find(poolId, caller);
      if (!octavia.pools().balancerOf(pool).equals(balancerOf(row))) {
        throw octavia.pools().notFound(poolId);
      }
      Pools.checkProtocols(row.get("protocol").asText(), pool.get("protocol").asText());
    }
  }

  /** TCP and its kin share the ports, UDP and SCTP have ports of their own. */
  private void refuseTaken(ObjectNode row) {
    String protocol = row.get("protocol").asText();
    int port = row.get("protocol_port").asInt();
    ofBalancer(balancerOf(row))
        .filter(other -> other.get("protocol_port").asInt() == port)
        .filter(other -> layer(other.get("protocol").asText()).equals(layer(protocol)))
        .findAny()
        .ifPresent(
            other -> {
              throw Fault.conflict(
                  "Another Listener on this Load Balancer is already using protocol "
                      + protocol
                      + " and protocol_port "
                      + port);
            });
  }

  private static String layer(String protocol) {
    return DATAGRAMS.contains(protocol) ? protocol : "TCP";
  }

  @Override
  void update(ObjectNode row, ObjectNode changes, Token caller) {
    checkTls(changes);
    checkPool(row, changes, caller);
  }

  @Override
  Stream<ObjectNode> touched(ObjectNode row) {
    return octavia.pools().table().find(row.path("default_pool_id").asText()).stream();
  }

  @Override
  void describe(ObjectNode row, ObjectNode view) {
    view.set("loadbalancers", ids(balancerOf(row)));
  }
}
