package io.isthmus.domain.placement;

import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.network.AddressPlan;
import io.isthmus.domain.network.Cidr;
import io.isthmus.domain.network.Segment;
import io.isthmus.domain.template.ResourceReference;
import io.isthmus.domain.template.Values;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * Gives every subnet its addresses in each of its regions, and rewrites the addresses that the
 * template says accordingly.
 */
final class Addressing {

  /** Properties whose texts are single addresses of a subnet. */
  private static final Set<String> ADDRESSES =
      Set.of(
          "gateway_ip",
          "start",
          "end",
          "nexthop",
          "ip_address",
          "fixed_ip",
          "fixed_ip_address",
          "vip_address",
          "address",
          "monitor_address");

  private static final String PREFIX = "remote_ip_prefix";

  /**
   * A subnet that does not keep the template's addresses.
   *
   * @param block all segments, and room for more
   */
  private record Moved(int node, Cidr template, Cidr block, Map<Place, Cidr> segments) {}

  final List<Segment> segments = new ArrayList<>();

  /** Segments that are to be reserved beside what the stack has. */
  final List<Segment> fresh = new ArrayList<>();

  final List<Phrase> remarks = new ArrayList<>();

  /** Why addresses could not be found; empty when all could. */
  final List<Phrase> failures = new ArrayList<>();

  private final GraphIndex graph;
  private final List<Moved> moved = new ArrayList<>();

  Addressing(GraphIndex graph, Map<Integer, List<Place>> regions, AddressPlan addresses) {
    this.graph = graph;
    AddressPlan plan = addresses;
    for (int node = 0; node < graph.nodes.size(); node++) {
      if (isSubnet(graph, node)) {
        plan = address(node, regions.getOrDefault(node, List.of()), plan);
      }
    }
    remarkLinks(regions);
    remarkRules(regions);
  }

  private Addressing(GraphIndex graph) {
    this.graph = graph;
  }

  /**
   * Gives addresses when some subnets leave regions and come to others. Where a subnet stays its
   * addresses stay. A region that it comes to gets those of one that it leaves, else a free part of
   * the subnet's block, else new ones.
   *
   * @param standing by subnet, its segments where it was
   */
  static Addressing again(
      GraphIndex graph,
      Map<Integer, List<Place>> regions,
      AddressPlan addresses,
      Map<Integer, Map<Place, Cidr>> standing) {
    Addressing again = new Addressing(graph);
    AddressPlan plan = addresses;
    for (Map.Entry<Integer, Map<Place, Cidr>> subnet : standing.entrySet()) {
      List<Place> now = regions.getOrDefault(subnet.getKey(), List.of());
      plan = again.readdress(subnet.getKey(), now, subnet.getValue(), plan);
    }
    again.remarkLinks(regions);
    again.remarkRules(regions);
    return again;
  }

  /**
   * Gives addresses when a stack changes. A subnet that the template says as before keeps those
   * that it has; another one is given new ones beside them.
   *
   * @param standing by subnet of the graph of before, its segments
   */
  static Addressing update(
      GraphIndex graph,
      Map<Integer, List<Place>> regions,
      AddressPlan addresses,
      Map<Integer, Map<Place, Cidr>> standing,
      GraphIndex before) {
    Addressing update = new Addressing(graph);
    AddressPlan plan = addresses;
    for (int node = 0; node < graph.nodes.size(); node++) {
      if (isSubnet(graph, node)) {
        List<Place> now = regions.getOrDefault(node, List.of());
        Optional<Map<Place, Cidr>> had =
            before
                .find(graph.nodes.get(node).path())
                .filter(was -> isSubnet(before, was))
                .filter(was -> said(before, was).equals(said(graph, node(graph, before, was))))
                .flatMap(was -> Optional.ofNullable(standing.get(was)));
        plan =
            had.isPresent()
                ? update.readdress(node, now, had.get(), plan)
                : update.address(node, now, plan);
      }
    }
    update.remarkLinks(regions);
    update.remarkRules(regions);
    return update;
  }

  private static int node(GraphIndex graph, GraphIndex before, int was) {
    return graph.find(before.nodes.get(was).path()).orElseThrow();
  }

  /** The segments of subnets as parts have them, by subnet; without those of clouds' own pools. */
  static Map<Integer, Map<Place, Cidr>> standing(GraphIndex graph, Collection<PlannedPart> parts) {
    Map<Integer, Map<Place, Cidr>> standing = new TreeMap<>();
    for (PlannedPart part : parts) {
      Optional<Integer> node =
          graph.find(part.id().resource()).filter(found -> isSubnet(graph, found));
      Optional<Cidr> said = node.flatMap(found -> said(graph, found));
      if (said.isPresent()) {
        Cidr segment =
            part.resolutions().stream()
                .filter(resolution -> resolution.property().equals("cidr"))
                .map(resolution -> Cidr.of(((JsonString) resolution.value()).getString()))
                .findFirst()
                .orElse(said.get());
        standing
            .computeIfAbsent(node.get(), none -> new TreeMap<>())
            .put(part.id().place(), segment);
      }
    }
    return standing;
  }

  private static boolean isSubnet(GraphIndex graph, int node) {
    return graph.nodes.get(node).type().name().equals("OS::Neutron::Subnet");
  }

  private static Optional<Cidr> said(GraphIndex graph, int node) {
    return graph.known[node].get("cidr") instanceof JsonString text
        ? Cidr.parse(text.getString())
        : Optional.empty();
  }

  private AddressPlan readdress(
      int node, List<Place> regions, Map<Place, Cidr> known, AddressPlan addresses) {
    AddressPlan plan = addresses;
    String path = graph.nodes.get(node).path();
    Cidr said = said(graph, node).orElseThrow();
    Cidr block = block(known.values(), plan);
    Deque<Cidr> free = new ArrayDeque<>();
    known.forEach(
        (region, segment) -> {
          if (!regions.contains(region)) {
            free.add(segment);
          }
        });
    for (int i = 0; i < 1 << Math.min(8, said.length() - block.length()); i++) {
      Cidr segment = block.segment(i, said.length());
      if (!known.containsValue(segment)) {
        free.add(segment);
      }
    }
    Map<Place, Cidr> bySegment = new LinkedHashMap<>();
    for (Place region : regions) {
      Optional<Cidr> segment =
          Optional.ofNullable(known.get(region)).or(() -> Optional.ofNullable(free.poll()));
      if (segment.isEmpty()) {
        segment = plan.findFree(said.bits(), said.length());
        if (segment.isEmpty()) {
          failures.add(poolFull(path, regions.size(), said.length(), plan));
          return plan;
        }
        plan = plan.with(segment.get());
        fresh.add(new Segment(path, region, segment.get().toString()));
      }
      bySegment.put(region, segment.get());
      segments.add(new Segment(path, region, segment.get().toString()));
    }
    if (bySegment.values().stream().anyMatch(segment -> !segment.equals(said))) {
      moved.add(new Moved(node, said, block, bySegment));
    }
    return plan;
  }

  /** What was reserved for the segments: nothing else in the project overlaps it. */
  private static Cidr block(Collection<Cidr> segments, AddressPlan plan) {
    Cidr first = segments.iterator().next();
    return plan.taken().stream().filter(taken -> taken.contains(first)).findFirst().orElse(first);
  }

  private static Phrase poolFull(String path, int regions, int length, AddressPlan plan) {
    return Phrase.of(
        "placement.address.pool-full",
        path,
        regions,
        "/" + length,
        plan.pools().stream().map(Cidr::toString).collect(Collectors.joining(", ")));
  }

  private AddressPlan address(int node, List<Place> regions, AddressPlan plan) {
    Optional<Cidr> said = said(graph, node);
    if (said.isEmpty() || regions.isEmpty()) {
      // Addresses from a cloud's own subnet pool are not ours to plan.
      return plan;
    }
    String path = graph.nodes.get(node).path();
    if (regions.size() == 1 && plan.isFree(said.get())) {
      segments.add(new Segment(path, regions.get(0), said.get().toString()));
      return plan.with(said.get());
    }
    int length = said.get().length();
    int blockLength =
        regions.size() == 1 ? length : AddressPlan.blockLength(length, regions.size());
    Optional<Cidr> block =
        blockLength < 0 ? Optional.empty() : plan.findFree(said.get().bits(), blockLength);
    if (block.isEmpty()) {
      failures.add(poolFull(path, regions.size(), length, plan));
      return plan;
    }
    Map<Place, Cidr> bySegment = new LinkedHashMap<>();
    for (int i = 0; i < regions.size(); i++) {
      Cidr segment = block.get().segment(i, length);
      bySegment.put(regions.get(i), segment);
      segments.add(new Segment(path, regions.get(i), segment.toString()));
    }
    moved.add(new Moved(node, said.get(), block.get(), bySegment));
    remarks.add(
        regions.size() == 1
            ? Phrase.of("placement.address.moved", path, said.get(), block.get())
            : Phrase.of(
                "placement.address.stretched", path, regions.size(), block.get(), said.get()));
    return plan.with(block.get());
  }

  /** What the template's addresses become in one region. */
  List<Resolution> resolutions(int node, Place region) {
    List<Resolution> found = new ArrayList<>();
    if (moved.isEmpty()) {
      return found;
    }
    String type = graph.nodes.get(node).type().name();
    BitSet near = new BitSet();
    near.set(node);
    near.or(graph.closure(near));
    for (Moved subnet : moved) {
      Cidr segment = subnet.segments().get(region);
      if (subnet.node() == node && segment != null) {
        found.add(
            new Resolution(
                "cidr",
                Values.text(segment.toString()),
                Phrase.of("placement.address.segment", segment, region.region())));
      }
    }
    boolean guards =
        type.equals("OS::Neutron::SecurityGroup") || type.equals("OS::Neutron::SecurityGroupRule");
    texts(
        graph.known[node],
        "",
        (path, text) -> {
          String leaf = path.substring(path.lastIndexOf('.') + 1);
          if (guards && leaf.equals(PREFIX)) {
            prefix(path, text, region).ifPresent(found::add);
          } else if (!guards && ADDRESSES.contains(leaf)) {
            address(path, text, near, region).ifPresent(found::add);
          }
        });
    return found;
  }

  private Optional<Resolution> address(String path, String text, BitSet near, Place region) {
    for (Moved subnet : moved) {
      Cidr segment = subnet.segments().get(region);
      if (segment != null && near.get(subnet.node())) {
        Optional<String> there = subnet.template().offset(text).map(segment::address);
        if (there.isPresent()) {
          return Optional.of(
              new Resolution(
                  path,
                  Values.text(there.get()),
                  Phrase.of("placement.address.translated", text, segment)));
        }
      }
    }
    return Optional.empty();
  }

  /** A rule for the subnet as a whole is for all of its segments. */
  private Optional<Resolution> prefix(String path, String text, Place region) {
    Optional<Cidr> said = Cidr.parse(text);
    return moved.stream()
        .filter(subnet -> said.isPresent() && subnet.template().equals(said.get()))
        .findFirst()
        .map(
            subnet -> {
              Cidr here = subnet.segments().getOrDefault(region, subnet.block());
              Cidr whole = subnet.block().contains(here) ? subnet.block() : here;
              return new Resolution(
                  path,
                  Values.text(whole.toString()),
                  Phrase.of(
                      "placement.address.rule",
                      whole,
                      graph.nodes.get(subnet.node()).path(),
                      text));
            });
  }

  private void remarkLinks(Map<Integer, List<Place>> regions) {
    for (int node = 0; node < graph.nodes.size(); node++) {
      List<Place> there = regions.getOrDefault(node, List.of());
      if (graph.nodes.get(node).type().name().equals("OS::Neutron::Net") && there.size() > 1) {
        remarks.add(
            Phrase.of(
                "placement.link.none",
                graph.nodes.get(node).path(),
                there.stream().map(Place::toString).collect(Collectors.joining(", "))));
      }
    }
  }

  private void remarkRules(Map<Integer, List<Place>> regions) {
    for (int node = 0; node < graph.nodes.size(); node++) {
      if (!graph.nodes.get(node).type().name().startsWith("OS::Neutron::SecurityGroup")
          || regions.getOrDefault(node, List.of()).isEmpty()) {
        continue;
      }
      String path = graph.nodes.get(node).path();
      if (regions.get(node).size() > 1 && namesRemoteGroup(node)) {
        remarks.add(Phrase.of("placement.link.remote-group", path));
      }
      texts(
          graph.known[node],
          "",
          (property, text) -> {
            if (property.endsWith(PREFIX)) {
              Cidr.parse(text).ifPresent(said -> remarkPartial(path, property, said));
            }
          });
    }
  }

  private boolean namesRemoteGroup(int node) {
    for (ResourceReference reference : graph.nodes.get(node).references()) {
      if (reference.property().filter(p -> p.contains("remote_group")).isPresent()) {
        return true;
      }
    }
    return graph.known[node].toString().contains("\"remote_group_id\"");
  }

  /** A prefix that is wider or narrower than the subnet cannot be carried over by itself. */
  private void remarkPartial(String path, String property, Cidr said) {
    for (Moved subnet : moved) {
      if (said.overlaps(subnet.template())
          && !said.equals(subnet.template())
          && !said.contains(subnet.block())) {
        remarks.add(
            Phrase.of(
                "placement.address.rule-partial",
                path,
                property,
                said,
                graph.nodes.get(subnet.node()).path(),
                subnet.block()));
      }
    }
  }

  private static void texts(JsonObject map, String prefix, BiConsumer<String, String> each) {
    for (Map.Entry<String, JsonValue> entry : map.entrySet()) {
      texts(entry.getValue(), prefix + entry.getKey(), each);
    }
  }

  private static void texts(JsonValue value, String path, BiConsumer<String, String> each) {
    if (value instanceof JsonString text) {
      each.accept(path, text.getString());
    } else if (value instanceof JsonObject map) {
      texts(map, path + ".", each);
    } else if (value instanceof JsonArray list) {
      for (int i = 0; i < list.size(); i++) {
        texts(list.get(i), path + "." + i, each);
      }
    }
  }
}
