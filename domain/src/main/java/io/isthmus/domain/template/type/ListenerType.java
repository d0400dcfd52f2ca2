package io.isthmus.domain.template.type;

import static io.isthmus.domain.template.type.Property.bool;
import static io.isthmus.domain.template.type.Property.integer;
import static io.isthmus.domain.template.type.Property.listOf;
import static io.isthmus.domain.template.type.Property.listOfTexts;
import static io.isthmus.domain.template.type.Property.text;

import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.Footing;
import io.isthmus.domain.template.ResourceNode;
import jakarta.json.JsonString;
import java.util.List;
import java.util.Set;

/**
 * What a load balancer listens for.
 *
 * @see "openstack/heat heat/engine/resources/openstack/octavia/listener.py"
 */
public final class ListenerType extends SchemaType {

  public static final String NAME = "OS::Octavia::Listener";

  /** The protocol of one that ends TLS itself. */
  public static final String TERMINATED = "TERMINATED_HTTPS";

  /**
   * Octavia's own, which Heat has no property for.
   *
   * @see "https://docs.openstack.org/api-ref/load-balancer/v2/#create-listener (tls_versions, since
   *     2.17)"
   */
  public static final String TLS_VERSIONS = "tls_versions";

  private static final String CERTIFICATE = "default_tls_container_ref";

  ListenerType() {
    super(NAME, Footing.STRETCHED, "load-balancer");
    properties(
        text("loadbalancer", "Name or ID of the load balancer.")
            .custom("octavia.loadbalancer")
            .refersTo(LoadBalancerType.NAME),
        text("protocol", "Protocol of the requests.")
            .required()
            .oneOf("TCP", "HTTP", "HTTPS", TERMINATED, "PROXY", "UDP"),
        integer("protocol_port", "Port on which requests come.").required().between(1, 65535),
        text("default_pool", "Name or ID of the pool that answers.")
            .updatable()
            .custom("octavia.pool")
            .refersTo(PoolType.NAME),
        text("name", "Name of the listener.").updatable(),
        text("description", "Description of the listener.").updatable(),
        bool("admin_state_up", "Whether the listener is in service.").updatable(),
        integer("connection_limit", "Most connections at once; -1 for no limit.")
            .updatable()
            .atLeast(-1),
        text(CERTIFICATE, "Key manager's reference of the certificate.").updatable(),
        listOfTexts("sni_container_refs", "Key manager's references of further certificates.")
            .updatable(),
        listOf(
                "allowed_cidrs",
                "From which addresses requests are taken; from all when not given.",
                text("*", "").custom("net_cidr"))
            .updatable(),
        listOf(
                TLS_VERSIONS,
                "Versions of TLS that are spoken with TERMINATED_HTTPS; those that the load balancer"
                    + " service has by default when not given. Not among Heat's own.",
                text("*", "").oneOf(TlsVersion.names().toArray(String[]::new)))
            .updatable());
    attribute("loadbalancers", "The load balancer, as a list.");
    attribute("default_pool_id", "The pool that answers.");
  }

  @Override
  public Set<String> unsupportedProperties() {
    return Set.of("tenant_id");
  }

  @Override
  public List<Violation> validate(ResourceNode node) {
    Requirements requirements = new Requirements(node).anyOf("", "loadbalancer", "default_pool");
    boolean terminated =
        node.knownProperties().get("protocol") instanceof JsonString protocol
            && protocol.getString().equals(TERMINATED);
    if (!terminated && node.knownProperties().containsKey("protocol") && node.gives(TLS_VERSIONS)) {
      requirements.add(
          TLS_VERSIONS, Phrase.of("template.only-for", TLS_VERSIONS, "protocol", TERMINATED));
    }
    if (terminated && !node.gives(CERTIFICATE)) {
      requirements.add(
          CERTIFICATE, Phrase.of("template.needed-for", CERTIFICATE, "protocol", TERMINATED));
    }
    return requirements.violations();
  }
}
