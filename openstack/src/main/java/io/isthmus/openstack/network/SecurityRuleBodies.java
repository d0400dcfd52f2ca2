package io.isthmus.openstack.network;

import io.isthmus.domain.json.Json;
import io.isthmus.openstack.resource.Bodies;
import io.isthmus.openstack.resource.Change;
import io.isthmus.openstack.resource.Marks;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The rules within a security group: which are wanted, which are missing, which were added by
 * Neutron itself and are not wanted.
 */
public final class SecurityRuleBodies {
  private static final String[] IDENTITY = {
    "direction",
    "ethertype",
    "protocol",
    "port_range_min",
    "port_range_max",
    "remote_group_id",
    "remote_ip_prefix"
  };
  private static final Map<String, String> PROTOCOL_NUMBERS =
      Map.of("1", "icmp", "6", "tcp", "17", "udp", "58", "ipv6-icmp", "icmpv6", "ipv6-icmp");

  private SecurityRuleBodies() {}

  /** Bodies of the wanted rules that the group does not have. */
  static List<JsonObject> missing(JsonObject properties, JsonObject group) {
    Set<String> there = new HashSet<>();
    Bodies.objects(group, "security_group_rules").forEach(rule -> there.add(identity(rule)));
    List<JsonObject> missing = new ArrayList<>();
    for (JsonObject rule : wanted(properties, group.getString("id"))) {
      if (there.add(identity(rule))) {
        missing.add(rule);
      }
    }
    return missing;
  }

  /** Ids of egress rules that are there and not wanted, if any egress rule is wanted at all. */
  static List<String> superfluous(JsonObject properties, JsonObject group) {
    List<JsonObject> wanted = wanted(properties, group.getString("id"));
    if (wanted.stream().noneMatch(SecurityRuleBodies::isEgress)) {
      return List.of();
    }
    Set<String> identities = new HashSet<>();
    wanted.forEach(rule -> identities.add(identity(rule)));
    return Bodies.objects(group, "security_group_rules").stream()
        .filter(SecurityRuleBodies::isEgress)
        .filter(rule -> !identities.contains(identity(rule)))
        .map(rule -> rule.getString("id"))
        .toList();
  }

  /** Bodies of the rules that an update must add. */
  static List<JsonObject> missing(Change change) {
    Set<String> there = new HashSet<>();
    Bodies.objects(change.there(), "security_group_rules")
        .forEach(rule -> there.add(identity(rule)));
    boolean ruledEgress =
        change.tried().stream()
            .flatMap(past -> wanted(past, change.id()).stream())
            .anyMatch(SecurityRuleBodies::isEgress);
    // What somebody took away by hand is not opened again by a change of something else.
    List<JsonObject> wanted =
        ruledEgress
            ? whole(change.properties(), change.id())
            : wanted(change.properties(), change.id());
    return wanted.stream().filter(rule -> there.add(identity(rule))).toList();
  }

  /**
   * Ids of the rules that an update must remove: those that the group may have from any properties
   * that it was given, or was to be given in vain, and shall have no more. What others added is
   * left alone unless it is to be put right, as are rules that are resources of their own.
   */
  static List<String> superfluous(Change change) {
    Set<String> old = new HashSet<>();
    for (JsonObject past : change.tried()) {
      whole(past, change.id()).forEach(rule -> old.add(identity(rule)));
    }
    whole(change.properties(), change.id()).forEach(rule -> old.remove(identity(rule)));
    Set<String> opened = change.added("rules");
    return Bodies.objects(change.there(), "security_group_rules").stream()
        .filter(rule -> Marks.inDescription(rule).isEmpty())
        .filter(rule -> old.contains(identity(rule)) || opened.contains(rule.getString("id", "")))
        .map(rule -> rule.getString("id"))
        .toList();
  }

  /** The wanted rules, with those that let all out where none is for going out, as Neutron does. */
  private static List<JsonObject> whole(JsonObject properties, String groupId) {
    List<JsonObject> rules = new ArrayList<>(wanted(properties, groupId));
    if (rules.stream().noneMatch(SecurityRuleBodies::isEgress)) {
      for (String version : List.of("IPv4", "IPv6")) {
        rules.add(
            Json.createObjectBuilder()
                .add("direction", "egress")
                .add("ethertype", version)
                .add("security_group_id", groupId)
                .build());
      }
    }
    return rules;
  }

  private static boolean isEgress(JsonObject rule) {
    return rule.getString("direction", "").equals("egress");
  }

  /** The rules of a template's properties as Neutron is sent them. */
  public static List<JsonObject> wanted(JsonObject properties, String groupId) {
    return Bodies.objects(properties, "rules").stream()
        .map(rule -> within(rule, groupId).build())
        .toList();
  }

  private static JsonObjectBuilder within(JsonObject rule, String groupId) {
    JsonObjectBuilder body =
        rule(rule, Bodies.text(rule, "remote_group_id")).add("security_group_id", groupId);
    if (Bodies.text(rule, "remote_mode").filter("remote_group_id"::equals).isPresent()) {
      // Without a group given, the members of this one.
      body.add("remote_group_id", Bodies.text(rule, "remote_group_id").orElse(groupId));
      body.addNull("remote_ip_prefix");
    }
    return body;
  }

  /** What a rule of a group and a rule of its own have in common. */
  static JsonObjectBuilder rule(JsonObject rule, Optional<String> remoteGroup) {
    JsonObjectBuilder body = Json.createObjectBuilder();
    body.add("direction", Bodies.text(rule, "direction").orElse("ingress"));
    body.add("ethertype", Bodies.text(rule, "ethertype").orElse("IPv4"));
    Bodies.text(rule, "protocol")
        .ifPresent(protocol -> body.add("protocol", protocol.toLowerCase(Locale.ROOT)));
    for (String bound : new String[] {"port_range_min", "port_range_max"}) {
      Bodies.text(rule, bound).ifPresent(port -> body.add(bound, port));
    }
    Bodies.copyAs(rule, "remote_ip_prefix", body, "remote_ip_prefix");
    remoteGroup.ifPresent(group -> body.add("remote_group_id", group));
    return body;
  }

  /** Equal for rules that Neutron holds to be the same. */
  private static String identity(JsonObject rule) {
    StringBuilder identity = new StringBuilder();
    for (String name : IDENTITY) {
      String value = Bodies.text(rule, name).orElse("");
      if (name.equals("protocol")) {
        value = PROTOCOL_NUMBERS.getOrDefault(value, value);
      }
      if (name.equals("remote_ip_prefix") && (value.equals("0.0.0.0/0") || value.equals("::/0"))) {
        value = "";
      }
      identity.append(value.toLowerCase(Locale.ROOT)).append('|');
    }
    return identity.toString();
  }
}
