package io.isthmus.domain.template.type;

import static io.isthmus.domain.template.type.Property.bool;
import static io.isthmus.domain.template.type.Property.integer;
import static io.isthmus.domain.template.type.Property.text;

import io.isthmus.domain.template.Footing;
import java.util.Set;

/**
 * What asks the members of a pool whether they are well.
 *
 * @see "openstack/heat heat/engine/resources/openstack/octavia/health_monitor.py"
 */
final class HealthMonitorType extends SchemaType {

  HealthMonitorType() {
    super("OS::Octavia::HealthMonitor", Footing.STRETCHED, "load-balancer");
    properties(
        text("pool", "Name or ID of the pool.")
            .required()
            .custom("octavia.pool")
            .refersTo(PoolType.NAME),
        text("type", "How the members are asked.")
            .required()
            .oneOf("PING", "TCP", "HTTP", "HTTPS", "UDP-CONNECT"),
        integer("delay", "Seconds from one question to the next.")
            .required()
            .updatable()
            .atLeast(0),
        integer("timeout", "Seconds in which a member must answer.")
            .required()
            .updatable()
            .atLeast(0),
        integer("max_retries", "Good answers in a row after which a member is well again.")
            .required()
            .updatable()
            .between(1, 10),
        text("http_method", "Method of the HTTP request.")
            .updatable()
            .oneOf("GET", "HEAD", "POST", "PUT", "DELETE", "TRACE", "OPTIONS", "CONNECT", "PATCH"),
        text("url_path", "Path of the HTTP request; it begins with a slash.").updatable(),
        text("expected_codes", "Good answers, such as 200, \"200, 202\" or 200-204.").updatable(),
        bool("admin_state_up", "Whether it asks.").updatable());
    attribute("pools", "The pool, as a list.");
  }

  @Override
  public Set<String> unsupportedProperties() {
    return Set.of("tenant_id");
  }
}
