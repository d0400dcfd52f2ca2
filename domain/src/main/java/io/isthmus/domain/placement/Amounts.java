package io.isthmus.domain.placement;

import io.isthmus.domain.cloud.Flavor;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.template.ResourceNode;
import io.isthmus.domain.template.type.ServerGroupType;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;

/** What resources count against a region's quotas, by {@link LimitKind#ordinal()}. */
final class Amounts {

  private static final int KINDS = LimitKind.values().length;

  private Amounts() {}

  /**
   * What one resource counts, without the vCPUs and memory of a server, which depend on the flavor
   * that it gets.
   *
   * @see "OpenStack Networking, Quotas: a security group is born with two egress rules"
   */
  static long[] of(ResourceNode node, JsonObject known) {
    long[] amounts = new long[KINDS];
    switch (node.type().name()) {
      case "OS::Nova::Server" -> {
        amounts[LimitKind.INSTANCES.ordinal()] = 1;
        amounts[LimitKind.PORTS.ordinal()] = portsMadeFor(node, known.get("networks"));
      }
      case "OS::Nova::KeyPair" -> amounts[LimitKind.KEY_PAIRS.ordinal()] = 1;
      case ServerGroupType.NAME -> amounts[LimitKind.SERVER_GROUPS.ordinal()] = 1;
      case "OS::Cinder::Volume" -> {
        amounts[LimitKind.VOLUMES.ordinal()] = 1;
        amounts[LimitKind.VOLUME_GIB.ordinal()] = number(known.get("size"));
      }
      case "OS::Neutron::Net" -> amounts[LimitKind.NETWORKS.ordinal()] = 1;
      case "OS::Neutron::Subnet" -> amounts[LimitKind.SUBNETS.ordinal()] = 1;
      case "OS::Neutron::Router" -> amounts[LimitKind.ROUTERS.ordinal()] = 1;
      case "OS::Neutron::Port", "OS::Neutron::RouterInterface" ->
          amounts[LimitKind.PORTS.ordinal()] = 1;
      case "OS::Neutron::FloatingIP" -> amounts[LimitKind.FLOATING_IPS.ordinal()] = 1;
      case "OS::Neutron::SecurityGroupRule" ->
          amounts[LimitKind.SECURITY_GROUP_RULES.ordinal()] = 1;
      case "OS::Neutron::SecurityGroup" -> {
        amounts[LimitKind.SECURITY_GROUPS.ordinal()] = 1;
        amounts[LimitKind.SECURITY_GROUP_RULES.ordinal()] =
            2 + (known.get("rules") instanceof JsonArray rules ? rules.size() : 0);
      }
      case "OS::Octavia::LoadBalancer" -> amounts[LimitKind.LOAD_BALANCERS.ordinal()] = 1;
      default -> {
        // Counts against none of the quotas that are read.
      }
    }
    return amounts;
  }

  /** A port is made for each network that a server names without a port of its own. */
  private static long portsMadeFor(ResourceNode node, JsonValue networks) {
    int entries = networks instanceof JsonArray list ? list.size() : 0;
    return IntStream.range(0, entries).filter(i -> !node.gives("networks." + i + ".port")).count();
  }

  private static long number(JsonValue value) {
    if (value instanceof JsonNumber number) {
      return number.longValue();
    }
    return value instanceof JsonString text && text.getString().matches("[0-9]{1,9}")
        ? Long.parseLong(text.getString())
        : 0;
  }

  static void add(long[] to, long[] amounts) {
    for (int i = 0; i < to.length; i++) {
      to[i] += amounts[i];
    }
  }

  static void addServer(long[] to, Flavor flavor) {
    to[LimitKind.VCPUS.ordinal()] += flavor.vcpus();
    to[LimitKind.RAM_MIB.ordinal()] += flavor.ramMiB();
  }

  /** Without the kinds of which there are none. */
  static Map<LimitKind, Long> byKind(long[] amounts) {
    Map<LimitKind, Long> byKind = new EnumMap<>(LimitKind.class);
    for (LimitKind kind : LimitKind.values()) {
      if (amounts[kind.ordinal()] > 0) {
        byKind.put(kind, amounts[kind.ordinal()]);
      }
    }
    return byKind;
  }

  static long[] none() {
    return new long[KINDS];
  }

  static long[] copy(long[] amounts) {
    return Arrays.copyOf(amounts, amounts.length);
  }
}
