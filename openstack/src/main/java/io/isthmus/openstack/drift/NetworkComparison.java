package io.isthmus.openstack.drift;

import io.isthmus.domain.drift.PartComparison;
import io.isthmus.domain.drift.Surroundings;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.mirror.MirrorItem;
import io.isthmus.domain.mirror.MirrorKind;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.openstack.resource.Bodies;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Optional;
import java.util.Set;

/**
 * Compares networks: whether they are in service, whether their ports filter, and whether others
 * share them, which no template asks for.
 *
 * @see "Networking API v2.0, networks"
 */
@ApplicationScoped
public class NetworkComparison implements PartComparison {
  private static final String SECURED = "port_security_enabled";

  @Override
  public Set<String> types() {
    return Set.of("OS::Neutron::Net");
  }

  @Override
  public MirrorKind kind() {
    return MirrorKind.NETWORK;
  }

  @Override
  public JsonObject chosen(DesiredPart part, MirrorItem item, Surroundings around) {
    JsonObjectBuilder chosen = Json.createObjectBuilder();
    Bodies.copyAs(item.details(), SECURED, chosen, SECURED);
    return chosen.build();
  }

  @Override
  public Compared compare(
      DesiredPart part, JsonObject chosen, MirrorItem item, Surroundings around) {
    Comparing comparing = new Comparing();
    JsonObject given = part.properties();
    JsonObject network = item.details();
    comparing.name(part, item);
    if (Comparing.isCut(item)) {
      comparing.untold("admin_state_up");
      return comparing.result();
    }
    comparing.flag(
        "admin_state_up", Optional.of(Bodies.flag(given, "admin_state_up", true)), network);
    comparing.flag(SECURED, Comparing.flag(given, chosen, SECURED), network);
    comparing.flag("shared", Optional.of(Bodies.flag(given, "shared", false)), network);
    Bodies.text(given, "dns_domain")
        .ifPresent(
            domain ->
                comparing.text(
                    "dns_domain", domain, Bodies.text(network, "dns_domain").orElse("")));
    return comparing.result();
  }
}
