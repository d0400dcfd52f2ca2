package io.isthmus.openstack.network;

import io.isthmus.domain.json.Json;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.openstack.conversation.Clouds;
import io.isthmus.openstack.resource.Bodies;
import io.isthmus.openstack.resource.Work;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Optional;

/** Drives {@code OS::Neutron::SecurityGroupRule}. */
@ApplicationScoped
public class SecurityGroupRuleDriver extends NeutronDriver {
  private static final List<String> ATTRIBUTES =
      List.of(
          "direction",
          "ethertype",
          "port_range_min",
          "port_range_max",
          "protocol",
          "remote_group_id",
          "remote_ip_prefix",
          "security_group_id");

  /** For the container. */
  public SecurityGroupRuleDriver() {}

  public SecurityGroupRuleDriver(Clouds clouds) {
    super(clouds);
  }

  @Override
  protected String type() {
    return "OS::Neutron::SecurityGroupRule";
  }

  @Override
  protected String singular() {
    return "security_group_rule";
  }

  @Override
  protected Optional<Narrowing> narrowing() {
    return Optional.of(new Narrowing("security_group_id", "security_group"));
  }

  @Override
  protected List<String> attributeNames() {
    return ATTRIBUTES;
  }

  @Override
  protected boolean isNamed() {
    return false;
  }

  /** Heat's default, unlike that of a group's own rules. */
  private static JsonObject withProtocol(JsonObject properties) {
    return Bodies.text(properties, "protocol").isPresent()
        ? properties
        : Json.createObjectBuilder(properties).add("protocol", "tcp").build();
  }

  @Override
  protected JsonObjectBuilder body(Work work, DesiredPart part) {
    JsonObject properties = withProtocol(part.properties());
    return SecurityRuleBodies.rule(
            properties,
            Bodies.text(properties, "remote_group")
                .map(group -> NeutronNames.id(work, "security-groups", group)))
        .add(
            "security_group_id",
            NeutronNames.id(
                work, "security-groups", Bodies.text(properties, "security_group").orElse("")));
  }
}
