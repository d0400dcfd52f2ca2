package io.isthmus.sandbox.octavia;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.isthmus.sandbox.http.Fault;
import io.isthmus.sandbox.http.Json;
import io.isthmus.sandbox.http.Token;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What asks the members of a pool whether they are well. */
final class HealthMonitors extends Kind {
  private static final Set<String> ASKING_BY_HTTP = Set.of("HTTP", "HTTPS");
  private static final Map<String, String> HTTP_DEFAULTS = new LinkedHashMap<>();

  static {
    HTTP_DEFAULTS.put("http_method", "GET");
    HTTP_DEFAULTS.put("url_path", "/");
    HTTP_DEFAULTS.put("expected_codes", "200");
  }

  HealthMonitors(Octavia octavia) {
    super(
        octavia,
        "healthmonitor",
        "healthmonitors",
        "Health Monitor",
        "health_monitor",
        List.of(
            Field.text("name", ""),
            Field.of("type", Field.Form.TEXT)
                .oneOf("HTTP", "HTTPS", "PING", "SCTP", "TCP", "TLS-HELLO", "UDP-CONNECT")
                .mustBeNamed()
                .fixed(),
            Field.number("delay", 0, Integer.MAX_VALUE).mustBeNamed(),
            Field.number("timeout", 0, Integer.MAX_VALUE).mustBeNamed(),
            Field.number("max_retries", 1, 10).mustBeNamed(),
            Field.number("max_retries_down", 1, 10).with(3),
            Field.of("http_method", Field.Form.TEXT)
                .oneOf(
                    "CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE"),
            Field.of("url_path", Field.Form.TEXT),
            Field.of("expected_codes", Field.Form.TEXT),
            Field.bool("admin_state_up", true),
            Field.of("pool_id", Field.Form.UUID).mustBeNamed().fixed(),
            Field.tags()));
  }

  @Override
  void create(ObjectNode row, Token caller) {
    String poolId = row.get("pool_id").asText();
    ObjectNode pool = octavia.pools().find(poolId, caller);
    row.remove("pool_id");
    checkType(row, pool.get("protocol").asText());
    if (ofPool(poolId).findAny().isPresent()) {
      throw Fault.conflict("This pool already has a health monitor");
    }
    row.put(BALANCER, octavia.pools().balancerOf(pool));
    row.put(POOL, poolId);
    row.set("project_id", pool.get("project_id"));
  }

  private static void checkType(ObjectNode row, String protocol) {
    String type = row.get("type").asText();
    if (type.equals("UDP-CONNECT") && !protocol.equals("UDP")) {
      throw Fault.badRequest(
          "Validation failure: The UDP-CONNECT type is only supported for pools of type UDP.");
    }
    if (protocol.equals("UDP") && !Set.of("UDP-CONNECT", "TCP", "HTTP").contains(type)) {
      throw Fault.badRequest(
          "Validation failure: The associated pool protocol is UDP, so only a"
              + " UDP-CONNECT/TCP/HTTP health monitor is supported.");
    }
    HTTP_DEFAULTS.forEach(
        (field, standard) -> {
          if (ASKING_BY_HTTP.contains(type)) {
            if (row.get(field).isNull()) {
              row.put(field, standard);
            }
          } else if (!row.get(field).isNull()) {
            throw refused(field, type);
          }
        });
  }

  private static Fault refused(String field, String type) {
    return Fault.badRequest(field + " is not a valid option for health monitors of type " + type);
  }

  @Override
  void update(ObjectNode row, ObjectNode changes, Token caller) {
    String type = row.get("type").asText();
    for (Map.Entry<String, String> standard : HTTP_DEFAULTS.entrySet()) {
      String field = standard.getKey();
      if (changes.has(field) && !ASKING_BY_HTTP.contains(type)) {
        throw refused(field, type);
      }
      if (changes.has(field) && Json.text(changes, field) == null) {
        changes.put(field, standard.getValue());
      }
    }
  }

  @Override
  Stream<ObjectNode> touched(ObjectNode row) {
    return octavia.poolAndListeners(row.get(POOL).asText());
  }

  @Override
  void describe(ObjectNode row, ObjectNode view) {
    view.set("pools", ids(row.get(POOL).asText()));
  }
}
