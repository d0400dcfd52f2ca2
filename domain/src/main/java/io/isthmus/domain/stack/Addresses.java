package io.isthmus.domain.stack;

import io.isthmus.domain.network.Cidr;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.LinkedHashSet;
import java.util.Set;

/** By what addresses a part is reached, as its attributes tell. */
public final class Addresses {

  /**
   * The members of attributes that hold an address of the part itself, wherever they are.
   *
   * @see "Compute API, servers: addresses; Networking API: ports, floating IPs, subnets, routers;
   *     Load-balancer API: load balancers"
   */
  private static final Set<String> ANYWHERE = Set.of("addr", "ip_address");

  /** Further in, these are of what the part is connected to. */
  private static final Set<String> AT_THE_TOP =
      Set.of("floating_ip_address", "gateway_ip", "vip_address", "cidr");

  private Addresses() {}

  /** Literal addresses in the order in which they are told; a subnet's own with its prefix. */
  public static Set<String> of(JsonObject attributes) {
    Set<String> found = new LinkedHashSet<>();
    AT_THE_TOP.stream().sorted().forEach(name -> add(attributes.get(name), found));
    collect(attributes, found);
    return found;
  }

  private static void collect(JsonValue value, Set<String> found) {
    if (value instanceof JsonObject object) {
      object.forEach(
          (name, member) -> {
            if (ANYWHERE.contains(name)) {
              add(member, found);
            } else {
              collect(member, found);
            }
          });
    } else if (value instanceof JsonArray array) {
      array.forEach(member -> collect(member, found));
    }
  }

  private static void add(JsonValue value, Set<String> found) {
    if (value instanceof JsonString text) {
      String said = text.getString();
      if (Cidr.parse(said).isPresent() || Cidr.parse(said + "/0").isPresent()) {
        found.add(said);
      }
    }
  }
}
