package io.isthmus.openstack.drift;

import io.isthmus.domain.drift.PartComparison;
import io.isthmus.domain.drift.PropertyDrift;
import io.isthmus.domain.drift.Surroundings;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.mirror.MirrorItem;
import io.isthmus.domain.mirror.MirrorKind;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.openstack.resource.Bodies;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Compares ports: addresses, groups, further addresses that may pass, whether they are in service
 * and whether they filter at all.
 *
 * @see "Networking API v2.0, ports; heat/engine/resources/openstack/neutron/port.py"
 */
@ApplicationScoped
public class PortComparison implements PartComparison {
  private static final String SECURED = "port_security_enabled";
  private static final String PAIRS = "allowed_address_pairs";
  private static final String ADDRESSES = "fixed_ips";
  private static final String GROUPS = "security_groups";

  @Override
  public Set<String> types() {
    return Set.of("OS::Neutron::Port");
  }

  @Override
  public MirrorKind kind() {
    return MirrorKind.PORT;
  }

  @Override
  public JsonObject chosen(DesiredPart part, MirrorItem item, Surroundings around) {
    return chosen(part.properties(), item.details());
  }

  /** What the cloud chose of a port. */
  static JsonObject chosen(JsonObject given, JsonObject port) {
    JsonObjectBuilder chosen = Json.createObjectBuilder();
    if (Addresses.of(given).isEmpty()) {
      chosen.add(ADDRESSES, Bodies.array(Addresses.of(port)));
    }
    if (!given.containsKey(GROUPS)) {
      chosen.add(GROUPS, Bodies.array(Bodies.texts(port, GROUPS)));
    }
    Bodies.copyAs(port, SECURED, chosen, SECURED);
    return chosen.build();
  }

  @Override
  public Compared compare(
      DesiredPart part, JsonObject chosen, MirrorItem item, Surroundings around) {
    Comparing comparing = new Comparing();
    comparing.name(part, item);
    if (Comparing.isCut(item)) {
      comparing.untold(ADDRESSES);
      return comparing.result();
    }
    JsonObject given = part.properties();
    JsonObject port = item.details();
    addresses(ADDRESSES, given, chosen, port, comparing);
    groups(given, chosen, port, around, comparing);
    pairs(given, port, comparing);
    comparing.flag("admin_state_up", Optional.of(Bodies.flag(given, "admin_state_up", true)), port);
    comparing.flag(SECURED, Comparing.flag(given, chosen, SECURED), port);
    return comparing.result();
  }

  /** The addresses of a port. */
  static void addresses(
      String property, JsonObject given, JsonObject chosen, JsonObject port, Comparing comparing) {
    List<String> wanted = Addresses.of(given);
    int asked = Bodies.objects(given, ADDRESSES).size();
    if (!wanted.isEmpty()) {
      Addresses.compare(property, wanted, asked - wanted.size(), Addresses.of(port), comparing);
    } else if (chosen.containsKey(ADDRESSES)) {
      Addresses.compare(
          property, Bodies.texts(chosen, ADDRESSES), 0, Addresses.of(port), comparing);
    }
  }

  /** The groups of a port. */
  static void groups(
      JsonObject given,
      JsonObject chosen,
      JsonObject port,
      Surroundings around,
      Comparing comparing) {
    Optional<Set<String>> expected = Groups.given(given, around, comparing);
    if (expected.isEmpty() && !given.containsKey(GROUPS) && chosen.containsKey(GROUPS)) {
      expected = Optional.of(new HashSet<>(Bodies.texts(chosen, GROUPS)));
    }
    expected.ifPresent(groups -> Groups.compare(groups, port, around, comparing));
  }

  /** Neutron adds the port's own hardware address where none was given. */
  private static void pairs(JsonObject given, JsonObject port, Comparing comparing) {
    List<JsonObject> left = new ArrayList<>(Bodies.objects(port, PAIRS));
    for (JsonObject wanted : Bodies.objects(given, PAIRS)) {
      Optional<JsonObject> same = left.stream().filter(found -> fits(wanted, found)).findFirst();
      same.ifPresentOrElse(left::remove, () -> comparing.add(PropertyDrift.closed(PAIRS, wanted)));
    }
    left.forEach(found -> comparing.add(PropertyDrift.opened(PAIRS, found)));
  }

  private static boolean fits(JsonObject wanted, JsonObject found) {
    Optional<String> mac = Bodies.text(wanted, "mac_address");
    return address(wanted).equals(address(found))
        && (mac.isEmpty()
            || hardware(mac.get()).equals(hardware(found.getString("mac_address", ""))));
  }

  /** One address is written with and without its length. */
  private static String address(JsonObject pair) {
    String text = Addresses.plain(pair.getString("ip_address", ""));
    String length = text.contains(":") ? "/128" : "/32";
    return text.endsWith(length) ? text.substring(0, text.length() - length.length()) : text;
  }

  private static String hardware(String address) {
    return address.toLowerCase(Locale.ROOT).replace('-', ':');
  }
}
