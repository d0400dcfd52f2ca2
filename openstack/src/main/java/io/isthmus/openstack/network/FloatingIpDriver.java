package io.isthmus.openstack.network;

import io.isthmus.domain.json.Json;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.openstack.conversation.Clouds;
import io.isthmus.openstack.resource.Bodies;
import io.isthmus.openstack.resource.Change;
import io.isthmus.openstack.resource.Work;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;

/** Drives {@code OS::Neutron::FloatingIP}. */
@ApplicationScoped
public class FloatingIpDriver extends NeutronDriver {
  private static final List<String> ATTRIBUTES =
      List.of(
          "router_id",
          "tenant_id",
          "floating_network_id",
          "fixed_ip_address",
          "floating_ip_address",
          "port_id");

  private static final List<Change.Field> UPDATES =
      List.of(Change.Field.of("port_id", JsonValue.NULL), Change.Field.staying("fixed_ip_address"));

  /** For the container. */
  public FloatingIpDriver() {}

  public FloatingIpDriver(Clouds clouds) {
    super(clouds);
  }

  @Override
  protected String type() {
    return "OS::Neutron::FloatingIP";
  }

  @Override
  protected String singular() {
    return "floatingip";
  }

  @Override
  protected Optional<String> userOf(JsonObject floatingIp) {
    return Bodies.text(floatingIp, "port_id");
  }

  @Override
  protected List<String> attributeNames() {
    return ATTRIBUTES;
  }

  @Override
  protected boolean isNamed() {
    return false;
  }

  @Override
  protected JsonObjectBuilder body(Work work, DesiredPart part) {
    JsonObject properties = part.properties();
    JsonObjectBuilder body = Bodies.copy(properties, "fixed_ip_address", "floating_ip_address");
    Bodies.text(properties, "port_id")
        .ifPresent(port -> body.add("port_id", NeutronNames.id(work, "ports", port)));
    String network = Bodies.text(properties, "floating_network").orElse("");
    body.add("floating_network_id", NeutronNames.id(work, "networks", network));
    return body;
  }

  @Override
  protected List<Change.Field> updates() {
    return UPDATES;
  }

  /** Neutron takes the port's address together with the port only. */
  @Override
  protected JsonObjectBuilder changes(Work work, Change change) {
    JsonObject changes = super.changes(work, change).build();
    boolean back = change.isGone("fixed_ip_address") && change.gives("port_id");
    Optional<String> present = Bodies.text(change.there(), "fixed_ip_address");
    boolean still =
        present.isPresent()
            && change.tried().stream()
                .anyMatch(past -> Bodies.text(past, "fixed_ip_address").equals(present));
    if (changes.isEmpty() && !(back && still)) {
      return Json.createObjectBuilder();
    }
    JsonObjectBuilder whole = Json.createObjectBuilder();
    if (change.gives("port_id")) {
      JsonObject body = body(work, change.part()).build();
      Bodies.copyAs(body, "port_id", whole, "port_id");
      Bodies.copyAs(body, "fixed_ip_address", whole, "fixed_ip_address");
    } else {
      whole.addNull("port_id");
    }
    return whole;
  }
}
