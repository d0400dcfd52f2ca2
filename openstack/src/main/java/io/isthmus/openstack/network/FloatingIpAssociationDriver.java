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
import jakarta.json.JsonObjectBuilder;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Drives {@code OS::Neutron::FloatingIPAssociation}: a floating IP's port. The floating IP shows
 * it, and the floating IP's id stands for it.
 */
@ApplicationScoped
public class FloatingIpAssociationDriver extends RelationDriver {

  /** For the container. */
  public FloatingIpAssociationDriver() {}

  public FloatingIpAssociationDriver(Clouds clouds) {
    super(clouds);
  }

  @Override
  protected String type() {
    return "OS::Neutron::FloatingIPAssociation";
  }

  private static String floatingIp(DesiredPart part) {
    return Bodies.text(part.properties(), "floatingip_id").orElse("");
  }

  private static String port(DesiredPart part) {
    return Bodies.text(part.properties(), "port_id").orElse("");
  }

  @Override
  protected DesiredPart withIds(Work work, DesiredPart part) {
    return NeutronNames.withIds(work, part, Map.of("port_id", "ports"));
  }

  @Override
  protected List<JsonObject> read(Work work, Collection<DesiredPart> parts) {
    return work.listWhere(
        work.get(ServiceType.NETWORK, "/floatingips"),
        "id",
        parts.stream().map(FloatingIpAssociationDriver::floatingIp).toList(),
        "floatingips");
  }

  @Override
  protected Optional<Relation> among(List<JsonObject> floatingIps, DesiredPart part) {
    return floatingIps.stream()
        .filter(found -> found.getString("id").equals(floatingIp(part)))
        .filter(found -> Bodies.text(found, "port_id").filter(port(part)::equals).isPresent())
        .findFirst()
        .map(FloatingIpAssociationDriver::relation);
  }

  private static Relation relation(JsonObject found) {
    return new Relation(
        found.getString("id"), Sighting.Phase.READY, found.getString("status", ""), found);
  }

  @Override
  protected Relation relate(Work work, DesiredPart part) {
    JsonObjectBuilder body = Bodies.copy(part.properties(), "port_id", "fixed_ip_address");
    return relation(change(work, part, body.build()));
  }

  @Override
  protected void part(Work work, DesiredPart part, Relation relation) {
    change(work, part, Json.createObjectBuilder().addNull("port_id").build());
  }

  /** An association that leads to another port moves there at once. */
  @Override
  protected List<String> ends() {
    return List.of("floatingip_id");
  }

  @Override
  protected Relation adapt(Work work, DesiredPart part, JsonObject before, Relation relation) {
    Optional<String> wanted = Bodies.text(part.properties(), "fixed_ip_address");
    Optional<String> there = Bodies.text(relation.seen(), "fixed_ip_address");
    // Not said any more: Neutron chooses again, if it has what was said.
    boolean right =
        wanted.isPresent()
            ? wanted.equals(there)
            : !there.equals(Bodies.text(before, "fixed_ip_address"));
    return right ? relation : relate(work, part);
  }

  private static JsonObject change(Work work, DesiredPart part, JsonObject change) {
    return work.session()
        .fetch(
            work.put(
                ServiceType.NETWORK,
                "/floatingips/" + floatingIp(part),
                Bodies.under("floatingip", change)),
            "floatingip",
            work.deadline());
  }
}
