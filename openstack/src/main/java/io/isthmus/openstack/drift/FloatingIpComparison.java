package io.isthmus.openstack.drift;

import io.isthmus.domain.drift.PartComparison;
import io.isthmus.domain.drift.Surroundings;
import io.isthmus.domain.mirror.MirrorItem;
import io.isthmus.domain.mirror.MirrorKind;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.openstack.resource.Bodies;
import io.isthmus.openstack.resource.Names;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Compares floating IPs: the port that they lead to, unless an association of its own says which,
 * and the address that it has there.
 *
 * @see "Networking API v2.0, floating IPs"
 */
@ApplicationScoped
public class FloatingIpComparison implements PartComparison {
  private static final String ASSOCIATION = "OS::Neutron::FloatingIPAssociation";
  private static final String PORT = "port_id";
  private static final String FIXED = "fixed_ip_address";

  @Override
  public Set<String> types() {
    return Set.of("OS::Neutron::FloatingIP");
  }

  @Override
  public MirrorKind kind() {
    return MirrorKind.FLOATING_IP;
  }

  @Override
  public JsonObject chosen(DesiredPart part, MirrorItem item, Surroundings around) {
    return JsonValue.EMPTY_JSON_OBJECT;
  }

  @Override
  public Compared compare(
      DesiredPart part, JsonObject chosen, MirrorItem item, Surroundings around) {
    Comparing comparing = new Comparing();
    comparing.mark(part, item);
    JsonObject given = part.properties();
    Optional<String> port = Bodies.text(given, PORT);
    if (port.filter(name -> !Names.isId(name)).isPresent()) {
      port = only(port.get(), around);
      if (port.isEmpty()) {
        comparing.untold(PORT);
        return comparing.result();
      }
    }
    // The association is a part of its own, which the engine looks at and makes anew.
    if (port.isPresent() || !around.isPart(ASSOCIATION, item.id())) {
      comparing.text(PORT, port.orElse(""), Bodies.text(item.details(), PORT).orElse(""));
    }
    Bodies.text(given, FIXED)
        .ifPresent(
            fixed ->
                comparing.text(
                    FIXED,
                    Addresses.plain(fixed),
                    Addresses.plain(Bodies.text(item.details(), FIXED).orElse(""))));
    return comparing.result();
  }

  private static Optional<String> only(String name, Surroundings around) {
    List<String> ids = around.named(MirrorKind.PORT, name);
    return ids.size() == 1 ? Optional.of(ids.get(0)) : Optional.empty();
  }
}
