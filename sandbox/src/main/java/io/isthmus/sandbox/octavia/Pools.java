package io.isthmus.sandbox.octavia;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.isthmus.sandbox.http.Fault;
import io.isthmus.sandbox.http.Json;
import io.isthmus.sandbox.http.Token;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The servers among which a load balancer shares, as one. */
final class Pools extends Kind {
  private static final Set<String> PROXIES = Set.of("PROXY", "PROXYV2");

  /** Pool protocols that go behind each listener's. */
  private static final Map<String, Set<String>> BEHIND =
      Map.of(
          "TCP", Set.of("HTTP", "HTTPS", "TCP"),
          "HTTP", Set.of("HTTP"),
          "HTTPS", Set.of("HTTPS", "TCP"),
          "TERMINATED_HTTPS", Set.of("HTTP"),
          "UDP", Set.of("UDP"),
          "SCTP", Set.of("SCTP"));

  Pools(Octavia octavia) {
    super(
        octavia,
        "pool",
        "pools",
        "Pool",
        "pool",
        List.of(
            Field.text("name", ""),
            Field.text("description", ""),
            Field.bool("admin_state_up", true),
            Field.of("protocol", Field.Form.TEXT)
                .oneOf("HTTP", "HTTPS", "PROXY", "PROXYV2", "SCTP", "TCP", "UDP")
                .mustBeNamed()
                .fixed(),
            Field.of("lb_algorithm", Field.Form.TEXT)
                .oneOf("LEAST_CONNECTIONS", "ROUND_ROBIN", "SOURCE_IP", "SOURCE_IP_PORT")
                .mustBeNamed(),
            Field.of("session_persistence", Field.Form.OBJECT),
            Field.bool("tls_enabled", false),
            Field.of("listener_id", Field.Form.UUID).fixed(),
            Field.of("loadbalancer_id", Field.Form.UUID).fixed(),
            Field.tags()));
  }

  /** Refuses a pool whose protocol cannot go behind a listener's. */
  static void checkProtocols(String listener, String pool) {
    boolean proxied = PROXIES.contains(pool) && !Set.of("UDP", "SCTP").contains(listener);
    if (!proxied && !BEHIND.getOrDefault(listener, Set.of()).contains(pool)) {
      throw Fault.badRequest(
          "Validation failure: The pool protocol '"
              + pool
              + "' is invalid while the listener protocol is '"
              + listener
              + "'.");
    }
  }

  @Override
  void create(ObjectNode row, Token caller) {
    String listenerId = Json.text(row, "listener_id");
    String balancerId = Json.text(row, "loadbalancer_id");
    row.remove(List.of("listener_id", "loadbalancer_id"));
    if (listenerId == null && balancerId == null) {
      throw Fault.badRequest(
          "Validation failure: Must provide at least one of: loadbalancer_id, listener_id");
    }
    checkPersistence(row);
    ObjectNode listener = listenerId == null ? null : octavia.listeners().find(listenerId, caller);
    if (listener != null) {
      checkProtocols(listener.get("protocol").asText(), row.get("protocol").asText());
      if (!listener.get("default_pool_id").isNull()) {
        throw Fault.conflict("This listener already has a default pool");
      }
      balancerId = octavia.listeners().balancerOf(listener);
    }
    ObjectNode balancer = octavia.balancers().find(balancerId, caller);
    row.put(BALANCER, balancerId);
    row.set("project_id", balancer.get("project_id"));
    row.put("_listener", listenerId);
  }

  private static void checkPersistence(ObjectNode row) {
    if (!(row.get("session_persistence") instanceof ObjectNode persistence)) {
      return;
    }
    String type = persistence.path("type").asText();
    boolean cookie = persistence.hasNonNull("cookie_name");
    if (!Set.of("SOURCE_IP", "HTTP_COOKIE", "APP_COOKIE").contains(type)) {
      throw Fault.badRequest(
          "Invalid input for field/attribute type. Value: '"
              + type
              + "'. Value should be one of: APP_COOKIE, HTTP_COOKIE, SOURCE_IP");
    }
    if (type.equals("APP_COOKIE") && !cookie) {
      throw Fault.badRequest(
          "Validation failure: session_persistence APP_COOKIE type requires a cookie_name");
    }
    if (!type.equals("APP_COOKIE") && cookie) {
      throw Fault.badRequest(
          "Validation failure: Field \"cookie_name\" can only be specified with session"
              + " persistence of type \"APP_COOKIE\".");
    }
  }

  @Override
  void update(ObjectNode row, ObjectNode changes, Token caller) {
    if (changes.has("session_persistence")) {
      checkPersistence(changes);
    }
  }

  /** The listener that a pool is made for, and those whose default it is. */
  @Override
  Stream<ObjectNode> touched(ObjectNode row) {
    return Stream.concat(madeFor(row), listeners(row)).distinct();
  }

  private Stream<ObjectNode> madeFor(ObjectNode row) {
    return octavia.listeners().table().find(row.path("_listener").asText()).stream();
  }

  @Override
  void made(ObjectNode row) {
    madeFor(row).forEach(listener -> listener.set("default_pool_id", row.get("id")));
    row.remove("_listener");
  }

  Stream<ObjectNode> listeners(ObjectNode pool) {
    String id = pool.get("id").asText();
    return octavia.listeners().table().stream()
        .filter(listener -> id.equals(Json.text(listener, "default_pool_id")));
  }

  @Override
  Stream<ObjectNode> parts(ObjectNode row) {
    String id = row.get("id").asText();
    return Stream.concat(octavia.members().ofPool(id), octavia.monitors().ofPool(id));
  }

  @Override
  void gone(ObjectNode row) {
    listeners(row).forEach(listener -> listener.putNull("default_pool_id"));
  }

  @Override
  void describe(ObjectNode row, ObjectNode view) {
    String id = row.get("id").asText();
    view.set("loadbalancers", ids(balancerOf(row)));
    view.set("listeners", ids(listeners(row)));
    view.set("members", ids(octavia.members().ofPool(id)));
    view.put(
        "healthmonitor_id",
        octavia
            .monitors()
            .ofPool(id)
            .map(monitor -> monitor.get("id").asText())
            .findFirst()
            .orElse(null));
  }
}
