package io.isthmus.domain.template.type;

import static io.isthmus.domain.template.type.Property.listOfMaps;
import static io.isthmus.domain.template.type.Property.text;

import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.Footing;
import io.isthmus.domain.template.ResourceNode;
import io.isthmus.domain.template.Values;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.util.List;

/**
 * A security group with its rules.
 *
 * @see "openstack/heat heat/engine/resources/openstack/neutron/security_group.py"
 */
final class SecurityGroupType extends SchemaType {

  SecurityGroupType() {
    super("OS::Neutron::SecurityGroup", Footing.STRETCHED, "network");
    properties(
        text("name", "Name of the security group.").updatable(),
        text("description", "Description of the security group.").updatable(),
        listOfMaps(
                "rules",
                "What may pass.",
                SecurityGroupRuleType.direction(),
                SecurityGroupRuleType.ethertype(),
                SecurityGroupRuleType.portRangeMin(),
                SecurityGroupRuleType.portRangeMax(),
                text("protocol", "Protocol; any when not given."),
                text("remote_mode", "Whether the other side is a group or addresses.")
                    .oneOf("remote_ip_prefix", "remote_group_id"),
                text("remote_group_id", "The other side's group; this group when not given.")
                    .custom("neutron.security_group")
                    .refersTo("OS::Neutron::SecurityGroup"),
                text("remote_ip_prefix", "The other side's addresses.").custom("net_cidr"))
            .updatable());
  }

  @Override
  public List<Violation> validate(ResourceNode node) {
    Requirements requirements = new Requirements(node);
    JsonObject known = node.knownProperties();
    if (known.containsKey("name") && "default".equals(Values.python(known.get("name")))) {
      requirements.add("name", Phrase.of("template.security-group-default"));
    }
    if (known.get("rules") instanceof JsonArray rules) {
      for (int i = 0; i < rules.size(); i++) {
        if (rules.get(i) instanceof JsonObject rule) {
          SecurityGroupRuleType.checkPorts(rule, "rules." + i + ".", requirements);
        }
      }
    }
    return requirements.violations();
  }
}
