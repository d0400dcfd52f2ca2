package io.isthmus.domain.stack.update;

import io.isthmus.domain.json.Json;
import io.isthmus.domain.network.Cidr;
import io.isthmus.domain.template.Values;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Whether a resource's old and new generation can be there at once. They cannot where both would
 * have what a cloud gives only once: an address, a name, a port, a place in another resource.
 *
 * @see "OpenStack Networking API: 409 for overlapping subnets of a network or router, for an
 *     address or MAC address in use, for a second floating IP of a fixed address, for equal rules
 *     of a security group; Compute API: 409 for a key pair's name, a port or volume in use; Load
 *     Balancer API: 409 for a port of a load balancer, a second default pool of a listener, equal
 *     members and a second health monitor of a pool"
 */
final class SideBySide {

  /** What says which resource is meant, although it changes. */
  private final Predicate<String> anew;

  /** The addresses of a subnet, before and after. */
  private final Function<String, Optional<Shapes>> subnets;

  /** A resource's properties, before and after. */
  record Shapes(JsonObject before, JsonObject after) {}

  /**
   * @param anew whether something else takes the place of a resource in the same region
   * @param others what is known of another resource there
   */
  SideBySide(Predicate<String> anew, Function<String, Optional<Shapes>> others) {
    this.anew = anew;
    this.subnets = others;
  }

  boolean canBe(String type, Shapes shapes) {
    JsonObject before = shapes.before();
    JsonObject after = shapes.after();
    return switch (type) {
      case "OS::Nova::KeyPair" -> !same(shapes, "name");
      case "OS::Nova::Server" ->
          !meet(all(before, "networks", "port"), all(after, "networks", "port"))
              && !sharesFixedAddress(before, after)
              && !meet(
                  all(before, "block_device_mapping_v2", "volume_id"),
                  all(after, "block_device_mapping_v2", "volume_id"));
      case "OS::Neutron::Port" ->
          !same(shapes, "network") || !same(shapes, "mac_address") && !sharesFixedIp(shapes);
      case "OS::Neutron::Subnet" -> !same(shapes, "network") || !overlap(shapes);
      case "OS::Neutron::RouterInterface" -> canPlugIn(shapes);
      case "OS::Neutron::SecurityGroupRule" ->
          !same(shapes, "security_group")
              || !without(before, "description").equals(without(after, "description"));
      case "OS::Neutron::FloatingIP" ->
          !same(shapes, "floating_ip_address") && !same(shapes, "port_id");
      case "OS::Neutron::FloatingIPAssociation" -> !same(shapes, "port_id");
      case "OS::Cinder::VolumeAttachment" -> !same(shapes, "volume_id");
      case "OS::Octavia::LoadBalancer" ->
          !same(shapes, "vip_subnet") || !same(shapes, "vip_address");
      case "OS::Octavia::Listener" ->
          !same(shapes, "loadbalancer") || !same(shapes, "protocol_port");
      case "OS::Octavia::Pool" -> !same(shapes, "listener");
      case "OS::Octavia::PoolMember" ->
          !same(shapes, "pool") || !same(shapes, "address") || !same(shapes, "protocol_port");
      case "OS::Octavia::HealthMonitor" -> !same(shapes, "pool");
      default -> true;
    };
  }

  /** Whether a property is given both times and means the same thing, which stays itself. */
  private boolean same(Shapes shapes, String property) {
    JsonValue before = shapes.before().getOrDefault(property, JsonValue.NULL);
    return !before.equals(JsonValue.NULL)
        && before.equals(shapes.after().get(property))
        && stays(before);
  }

  private boolean stays(JsonValue value) {
    return Symbols.named(value).filter(anew).isEmpty();
  }

  private boolean meet(List<JsonValue> before, List<JsonValue> after) {
    return before.stream().anyMatch(one -> after.contains(one) && stays(one));
  }

  private static List<JsonValue> all(JsonObject properties, String list, String key) {
    List<JsonValue> found = new ArrayList<>();
    for (JsonObject entry : entries(properties, list)) {
      JsonValue value = entry.getOrDefault(key, JsonValue.NULL);
      if (!value.equals(JsonValue.NULL)) {
        found.add(value);
      }
    }
    return found;
  }

  private static List<JsonObject> entries(JsonObject properties, String list) {
    return properties.get(list) instanceof JsonArray array
        ? array.stream().filter(JsonObject.class::isInstance).map(JsonValue::asJsonObject).toList()
        : List.of();
  }

  private boolean sharesFixedAddress(JsonObject before, JsonObject after) {
    Set<JsonObject> fixed = new HashSet<>();
    for (JsonObject entry : entries(before, "networks")) {
      if (entry.containsKey("fixed_ip")) {
        fixed.add(where(entry));
      }
    }
    return entries(after, "networks").stream()
        .filter(entry -> entry.containsKey("fixed_ip"))
        .map(SideBySide::where)
        .anyMatch(entry -> fixed.contains(entry) && entry.values().stream().allMatch(this::stays));
  }

  private static JsonObject where(JsonObject entry) {
    return Values.object()
        .add("fixed_ip", entry.get("fixed_ip"))
        .add("network", entry.getOrDefault("network", entry.getOrDefault("uuid", JsonValue.NULL)))
        .build();
  }

  private boolean sharesFixedIp(Shapes shapes) {
    Set<JsonObject> before = new HashSet<>();
    for (JsonObject entry : entries(shapes.before(), "fixed_ips")) {
      if (entry.containsKey("ip_address")) {
        before.add(entry);
      }
    }
    return entries(shapes.after(), "fixed_ips").stream()
        .anyMatch(entry -> before.contains(entry) && entry.values().stream().allMatch(this::stays));
  }

  private static boolean overlap(Shapes shapes) {
    Optional<Cidr> before = cidr(shapes.before());
    Optional<Cidr> after = cidr(shapes.after());
    return before.isPresent() && after.isPresent() && before.get().overlaps(after.get());
  }

  private static Optional<Cidr> cidr(JsonObject subnet) {
    return subnet.get("cidr") instanceof JsonString text
        ? Cidr.parse(text.getString())
        : Optional.empty();
  }

  /** A router takes one subnet's gateway once, and no two subnets that overlap. */
  private boolean canPlugIn(Shapes shapes) {
    if (same(shapes, "subnet") || same(shapes, "port")) {
      return false;
    }
    if (!same(shapes, "router")) {
      return true;
    }
    Optional<JsonObject> old = subnet(shapes.before()).map(Shapes::before);
    Optional<JsonObject> fresh = subnet(shapes.after()).map(Shapes::after);
    return old.isEmpty() || fresh.isEmpty() || !overlap(new Shapes(old.get(), fresh.get()));
  }

  private Optional<Shapes> subnet(JsonObject properties) {
    return Symbols.named(properties.getOrDefault("subnet", JsonValue.NULL)).flatMap(subnets);
  }

  private static JsonObject without(JsonObject all, String property) {
    return Json.createObjectBuilder(all).remove(property).build();
  }
}
