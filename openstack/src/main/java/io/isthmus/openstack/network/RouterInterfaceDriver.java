package io.isthmus.openstack.network;

import io.isthmus.domain.json.Json;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.domain.stack.Sighting;
import io.isthmus.openstack.conversation.Clouds;
import io.isthmus.openstack.keystone.ServiceType;
import io.isthmus.openstack.resource.Bodies;
import io.isthmus.openstack.resource.RelationDriver;
import io.isthmus.openstack.resource.Work;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Drives {@code OS::Neutron::RouterInterface}: a router's port on a subnet. The ports that belong
 * to the router show it.
 */
@ApplicationScoped
public class RouterInterfaceDriver extends RelationDriver {

  /** For the container. */
  public RouterInterfaceDriver() {}

  public RouterInterfaceDriver(Clouds clouds) {
    super(clouds);
  }

  @Override
  protected String type() {
    return "OS::Neutron::RouterInterface";
  }

  private static String router(DesiredPart part) {
    return Bodies.text(part.properties(), "router").orElse("");
  }

  private static Optional<String> subnet(DesiredPart part) {
    return Bodies.text(part.properties(), "subnet");
  }

  private static Optional<String> port(DesiredPart part) {
    return Bodies.text(part.properties(), "port");
  }

  @Override
  protected DesiredPart withIds(Work work, DesiredPart part) {
    return NeutronNames.withIds(
        work, part, Map.of("router", "routers", "subnet", "subnets", "port", "ports"));
  }

  @Override
  protected List<JsonObject> read(Work work, Collection<DesiredPart> parts) {
    return work.listWhere(
        work.get(ServiceType.NETWORK, "/ports"),
        "device_id",
        parts.stream().map(RouterInterfaceDriver::router).toList(),
        "ports");
  }

  @Override
  protected Optional<Relation> among(List<JsonObject> ports, DesiredPart part) {
    return ports.stream()
        .filter(found -> found.getString("device_id", "").equals(router(part)))
        // Also network:ha_router_replicated_interface and router_interface_distributed.
        .filter(found -> found.getString("device_owner", "").startsWith("network:"))
        .filter(found -> found.getString("device_owner", "").contains("interface"))
        .filter(found -> isOn(found, part))
        .findFirst()
        .map(RouterInterfaceDriver::relation);
  }

  private static boolean isOn(JsonObject found, DesiredPart part) {
    if (port(part).isPresent()) {
      return found.getString("id").equals(port(part).get());
    }
    return Bodies.objects(found, "fixed_ips").stream()
        .anyMatch(
            address -> subnet(part).filter(address.getString("subnet_id")::equals).isPresent());
  }

  private static Relation relation(JsonObject found) {
    // Some clouds show it as BUILD or DOWN until a router works on it; it is there all the same.
    return new Relation(
        found.getString("id"), Sighting.Phase.READY, found.getString("status", ""), found);
  }

  @Override
  protected Relation relate(Work work, DesiredPart part) {
    JsonObject answer =
        work.session()
            .fetch(
                work.put(
                    ServiceType.NETWORK,
                    "/routers/" + router(part) + "/add_router_interface",
                    end(part)),
                work.deadline());
    return new Relation(answer.getString("port_id"), Sighting.Phase.READY, "ACTIVE", answer);
  }

  @Override
  protected void part(Work work, DesiredPart part, Relation relation) {
    work.session()
        .send(
            work.put(
                ServiceType.NETWORK,
                "/routers/" + router(part) + "/remove_router_interface",
                end(part)),
            work.deadline());
  }

  @Override
  protected List<String> ends() {
    return List.of("router", "subnet", "port");
  }

  private static JsonObject end(DesiredPart part) {
    return port(part)
        .map(id -> Json.createObjectBuilder().add("port_id", id))
        .orElseGet(() -> Json.createObjectBuilder().add("subnet_id", subnet(part).orElse("")))
        .build();
  }
}
