package io.isthmus.openstack.network;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.openstack.conversation.Clouds;
import io.isthmus.openstack.keystone.ServiceType;
import io.isthmus.openstack.resource.Bodies;
import io.isthmus.openstack.resource.Change;
import io.isthmus.openstack.resource.Marks;
import io.isthmus.openstack.resource.Work;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;

/** Drives {@code OS::Neutron::Router}. */
@ApplicationScoped
public class RouterDriver extends NeutronDriver {
  private static final List<String> ATTRIBUTES =
      List.of("name", "status", "external_gateway_info", "admin_state_up", "tenant_id");

  private static final List<Change.Field> UPDATES =
      List.of(
          Change.Field.of("admin_state_up", JsonValue.TRUE),
          // Without one, the router leads nowhere.
          Change.Field.of("external_gateway_info", JsonValue.NULL));

  /** For the container. */
  public RouterDriver() {}

  public RouterDriver(Clouds clouds) {
    super(clouds);
  }

  @Override
  protected String type() {
    return "OS::Neutron::Router";
  }

  @Override
  protected String singular() {
    return "router";
  }

  @Override
  protected List<String> attributeNames() {
    return ATTRIBUTES;
  }

  @Override
  protected JsonObjectBuilder body(Work work, DesiredPart part) {
    JsonObject properties = part.properties();
    JsonObjectBuilder body = Bodies.copy(properties, "admin_state_up");
    if (properties.get("external_gateway_info") instanceof JsonObject wanted && !wanted.isEmpty()) {
      body.add("external_gateway_info", gateway(work, wanted));
    }
    return body;
  }

  private static JsonObjectBuilder gateway(Work work, JsonObject wanted) {
    JsonObjectBuilder gateway = Bodies.copy(wanted, "enable_snat");
    gateway.add(
        "network_id", NeutronNames.id(work, "networks", Bodies.text(wanted, "network").orElse("")));
    return gateway;
  }

  @Override
  protected List<Change.Field> updates() {
    return UPDATES;
  }

  /** Only administrators may say enable_snat by Neutron's default, so it is said when it must. */
  @Override
  protected JsonObjectBuilder changes(Work work, Change change) {
    JsonObjectBuilder changes = super.changes(work, change);
    boolean wasSaid =
        change.tried().stream().anyMatch(RouterDriver::saysSnat) && !saysSnat(change.properties());
    if (wasSaid
        && change.gives("external_gateway_info")
        && change.there().get("external_gateway_info") instanceof JsonObject present
        && !Bodies.flag(present, "enable_snat", true)) {
      JsonObject wanted = change.properties().getJsonObject("external_gateway_info");
      changes.add("external_gateway_info", gateway(work, wanted).add("enable_snat", true));
    }
    return changes;
  }

  /** Its interfaces: all of them when each leads into subnets of its own stack, else none. */
  @Override
  protected void takeOff(Work work, JsonObject router) {
    String id = router.getString("id");
    List<JsonObject> interfaces =
        work
            .session()
            .list(
                work.get(ServiceType.NETWORK, "/ports").query("device_id", id),
                "ports",
                work.deadline())
            .stream()
            .filter(port -> port.getString("device_owner", "").contains("interface"))
            .toList();
    // All are looked at before any is taken off, so that a router that stays keeps all of them.
    for (JsonObject port : interfaces) {
      if (!leadsToItsOwn(work, router, port)) {
        throw work.refused(
            FaultCode.CONFLICT, Phrase.of("driver.in-use", type(), id, port.getString("id")));
      }
    }
    for (JsonObject port : interfaces) {
      JsonObject end = Json.createObjectBuilder().add("port_id", port.getString("id")).build();
      work.session()
          .send(
              work.put(ServiceType.NETWORK, "/routers/" + id + "/remove_router_interface", end),
              work.deadline());
    }
  }

  /** Only into subnets of the same stack: all else somebody else has put there. */
  private static boolean leadsToItsOwn(Work work, JsonObject router, JsonObject port) {
    List<String> subnets =
        Bodies.objects(port, "fixed_ips").stream()
            .map(address -> address.getString("subnet_id", ""))
            .toList();
    return !subnets.isEmpty()
        && subnets.stream()
            .allMatch(
                subnet ->
                    work.session()
                        .find(
                            work.get(ServiceType.NETWORK, "/subnets/" + subnet),
                            "subnet",
                            work.deadline())
                        .filter(found -> stackOf(found).isPresent())
                        .filter(found -> stackOf(found).equals(stackOf(router)))
                        .isPresent());
  }

  private static Optional<String> stackOf(JsonObject marked) {
    return Marks.inDescription(marked).map(mark -> mark.split(":", 3)[1]);
  }

  private static boolean saysSnat(JsonObject properties) {
    return properties.get("external_gateway_info") instanceof JsonObject gateway
        && Bodies.text(gateway, "enable_snat").isPresent();
  }
}
