package io.isthmus.domain.template.type;

import static io.isthmus.domain.template.type.Property.bool;
import static io.isthmus.domain.template.type.Property.map;
import static io.isthmus.domain.template.type.Property.text;

import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.Footing;
import io.isthmus.domain.template.ResourceNode;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Set;

/**
 * The servers among which a load balancer shares, as one.
 *
 * @see "openstack/heat heat/engine/resources/openstack/octavia/pool.py"
 */
final class PoolType extends SchemaType {

  static final String NAME = "OS::Octavia::Pool";
  private static final String PERSISTENCE = "session_persistence";
  private static final String COOKIE = PERSISTENCE + ".cookie_name";

  PoolType() {
    super(NAME, Footing.STRETCHED, "load-balancer");
    properties(
        text("listener", "Name or ID of the listener that the pool answers.")
            .custom("octavia.listener")
            .refersTo(ListenerType.NAME),
        text("loadbalancer", "Name or ID of the load balancer.")
            .custom("octavia.loadbalancer")
            .refersTo(LoadBalancerType.NAME),
        text("protocol", "Protocol that the members speak.")
            .required()
            .oneOf("TCP", "HTTP", "HTTPS", "TERMINATED_HTTPS", "PROXY", "UDP"),
        text("lb_algorithm", "How requests are shared.")
            .required()
            .updatable()
            .oneOf("ROUND_ROBIN", "LEAST_CONNECTIONS", "SOURCE_IP", "SOURCE_IP_PORT"),
        map(
            PERSISTENCE,
            "How a visitor is kept with one member.",
            text("type", "By what a visitor is known.")
                .required()
                .oneOf("SOURCE_IP", "HTTP_COOKIE", "APP_COOKIE"),
            text("cookie_name", "Name of the application's cookie.")),
        text("name", "Name of the pool.").updatable(),
        text("description", "Description of the pool.").updatable(),
        bool("admin_state_up", "Whether the pool is in service.").updatable());
    attribute("healthmonitor_id", "The pool's health monitor.");
    attribute("listeners", "The listeners that the pool answers.");
    attribute("members", "The members of the pool.");
  }

  @Override
  public Set<String> unsupportedProperties() {
    return Set.of("tls_enabled");
  }

  @Override
  public List<Violation> validate(ResourceNode node) {
    Requirements requirements = new Requirements(node).anyOf("", "listener", "loadbalancer");
    if (node.knownProperties().get(PERSISTENCE) instanceof JsonObject persistence) {
      String type = persistence.getString("type", "");
      if (type.equals("APP_COOKIE") && !node.gives(COOKIE)) {
        requirements.add(COOKIE, Phrase.of("template.needed-for", "cookie_name", "type", type));
      }
      if (type.equals("SOURCE_IP") && node.gives(COOKIE)) {
        requirements.add(COOKIE, Phrase.of("template.not-with", "cookie_name", "type", type));
      }
    }
    return requirements.violations();
  }
}
