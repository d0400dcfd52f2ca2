package io.isthmus.domain.template.type;

import static io.isthmus.domain.template.type.Property.integer;
import static io.isthmus.domain.template.type.Property.text;

import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.Footing;
import io.isthmus.domain.template.ResourceNode;
import io.isthmus.domain.template.Values;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One rule of a security group.
 *
 * @see "openstack/heat heat/engine/resources/openstack/neutron/security_group_rule.py"
 */
final class SecurityGroupRuleType extends SchemaType {

  /** In whose rules the port range holds type and code, which have no order. */
  private static final Set<String> ICMP = Set.of("icmp", "icmpv6", "ipv6-icmp", "1", "58");

  SecurityGroupRuleType() {
    super("OS::Neutron::SecurityGroupRule", Footing.STRETCHED, "network");
    properties(
        text("security_group", "The security group that the rule is added to.")
            .required()
            .custom("neutron.security_group")
            .refersTo("OS::Neutron::SecurityGroup"),
        text("description", "Description of the rule."),
        direction(),
        ethertype(),
        portRangeMin(),
        portRangeMax(),
        text("protocol", "Protocol by name or number; tcp when not given."),
        text("remote_group", "The other side's group.")
            .custom("neutron.security_group")
            .refersTo("OS::Neutron::SecurityGroup"),
        text("remote_ip_prefix", "The other side's addresses.").custom("net_cidr"));
  }

  static Property direction() {
    return text("direction", "ingress or egress.").oneOf("ingress", "egress");
  }

  static Property ethertype() {
    return text("ethertype", "IPv4 or IPv6.").oneOf("IPv4", "IPv6");
  }

  static Property portRangeMin() {
    return integer("port_range_min", "First port.").between(0, 65535);
  }

  static Property portRangeMax() {
    return integer("port_range_max", "Last port.").between(0, 65535);
  }

  static void checkPorts(JsonObject rule, String prefix, Requirements requirements) {
    String protocol =
        Values.python(rule.getOrDefault("protocol", JsonValue.NULL))
            .toLowerCase(java.util.Locale.ROOT);
    Optional<BigDecimal> min = Values.asNumber(rule.getOrDefault("port_range_min", JsonValue.NULL));
    Optional<BigDecimal> max = Values.asNumber(rule.getOrDefault("port_range_max", JsonValue.NULL));
    if (!ICMP.contains(protocol)
        && min.isPresent()
        && max.isPresent()
        && min.get().compareTo(max.get()) > 0) {
      requirements.add(
          prefix + "port_range_max", Phrase.of("template.port-range", max.get(), min.get()));
    }
  }

  @Override
  public List<Violation> validate(ResourceNode node) {
    Requirements requirements =
        new Requirements(node).notTogether("", "remote_group", "remote_ip_prefix");
    checkPorts(node.knownProperties(), "", requirements);
    return requirements.violations();
  }
}
