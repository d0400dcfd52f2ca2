package io.isthmus.domain.placement;

import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.template.CatalogKind;
import io.isthmus.domain.template.ResourceNode;
import io.isthmus.domain.template.type.ServerGroupType;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Divides a graph into what stays together, and says what each asks of a place. */
final class Units {

  final GraphIndex graph;
  final List<PlacementUnit> units = new ArrayList<>();
  final List<Demand> demands = new ArrayList<>();

  /** One representative closure for each demand. */
  final List<BitSet> closures = new ArrayList<>();

  /** Spread constraints in the policy's order, with the index of their rules. */
  final List<SpreadConstraint> constraints = new ArrayList<>();

  final List<PolicyRule> constraintRules = new ArrayList<>();
  private final List<Integer> constraintRuleIndexes = new ArrayList<>();

  /** Placed nodes that are left out where the needs of these rules are not met. */
  private final Map<Integer, List<PolicyRule>> optional = new HashMap<>();

  /** Which nodes each rule is about. */
  final List<BitSet> matched = new ArrayList<>();

  final long[][] amounts;
  private final List<List<CatalogUse>> uses = new ArrayList<>();
  private final List<PolicyRule> rules;

  /** Affinities in the policy's order, with their rules. */
  final List<Affinity> affinities = new ArrayList<>();

  final List<PolicyRule> affinityRules = new ArrayList<>();

  /** By kind: by affinity, whether its units are to be near, and whether near to. */
  final List<List<Side>> sides = new ArrayList<>();

  /** On which sides of an affinity something is. */
  record Side(boolean of, boolean to) {}

  /** What a node asks for if it is a server. */
  Optional<Demand.ServerDemand> server(int node) {
    return graph.nodes.get(node).type().name().equals("OS::Nova::Server")
        ? Optional.of(
            new Demand.ServerDemand(
                find(node, CatalogKind.FLAVOR, "flavor"),
                find(node, CatalogKind.IMAGE, "image"),
                kept(node, "image"),
                disks(node)))
        : Optional.empty();
  }

  /** Those of a server whose size is known. */
  private List<Demand.DiskDemand> disks(int node) {
    List<Demand.DiskDemand> disks = new ArrayList<>();
    if (graph.known[node].get("block_device_mapping_v2") instanceof JsonArray list) {
      for (int i = 0; i < list.size(); i++) {
        String image = "block_device_mapping_v2." + i + ".image";
        if (list.get(i) instanceof JsonObject disk
            && disk.get("volume_size") instanceof JsonNumber gib) {
          disks.add(
              new Demand.DiskDemand(
                  gib.longValue(), find(node, CatalogKind.IMAGE, image), kept(node, image)));
        }
      }
    }
    return disks;
  }

  /** The image of the project that a server boots from, or that a volume or disk is made of. */
  private Optional<Demand.Kept> kept(int node, String property) {
    return graph.nodes.get(node).references().stream()
        .filter(reference -> reference.property().equals(Optional.of(property)))
        .flatMap(reference -> graph.find(reference.target()).stream())
        .map(graph.nodes::get)
        .filter(target -> target.keptImage().isPresent())
        .findFirst()
        .map(
            target ->
                new Demand.Kept(
                    target.keptImageName().orElseThrow(),
                    target.keptImage().orElseThrow().minRamMiB(),
                    target.keptImage().orElseThrow().minDiskGiB()));
  }

  /** What a node asks for if it is a volume of a known size. */
  Optional<Demand.VolumeDemand> volume(int node) {
    long gib = amounts[node][LimitKind.VOLUME_GIB.ordinal()];
    return gib > 0
        ? Optional.of(
            new Demand.VolumeDemand(
                find(node, CatalogKind.VOLUME_TYPE, "volume_type"),
                gib,
                find(node, CatalogKind.IMAGE, "image"),
                kept(node, "image")))
        : Optional.empty();
  }

  /** What all rules about it together say of a server whose place is lost. */
  Optional<Failover> failover(int node) {
    if (!graph.nodes.get(node).type().name().equals("OS::Nova::Server")) {
      return Optional.empty();
    }
    return IntStream.range(0, rules.size())
        .filter(rule -> matched.get(rule).get(node))
        .mapToObj(rule -> rules.get(rule).failover())
        .flatMap(Optional::stream)
        .reduce(Failover::and)
        .map(said -> Updating.holdsState(graph.nodes.get(node)) ? said.never() : said);
  }

  private record Kind(Demand demand, BitSet closure, List<Integer> weights, List<Side> sides) {}

  Units(GraphIndex graph, PlacementPolicy policy) {
    this.graph = graph;
    this.rules = policy.rules();
    int size = graph.nodes.size();
    amounts = new long[size][];
    for (int i = 0; i < size; i++) {
      ResourceNode node = graph.nodes.get(i);
      amounts[i] = Amounts.of(node, graph.known[i]);
      uses.add(graph.isComputed(i) ? List.of() : CatalogUses.of(node, graph.known[i]));
    }
    for (int r = 0; r < rules.size(); r++) {
      BitSet about = new BitSet();
      for (int i = 0; i < size; i++) {
        if (!graph.isComputed(i) && rules.get(r).match().matches(graph.nodes.get(i))) {
          about.set(i);
        }
      }
      matched.add(about);
      for (SpreadConstraint constraint : rules.get(r).spread()) {
        constraints.add(constraint);
        constraintRules.add(rules.get(r));
        constraintRuleIndexes.add(r);
      }
    }
    findOptional();
    for (PolicyRule rule : rules) {
      rule.affinity()
          .ifPresent(
              affinity -> {
                affinities.add(affinity);
                affinityRules.add(rule);
              });
    }
    divide();
  }

  /** A rule about something stretched is also about what goes nowhere without it. */
  private void findOptional() {
    for (int r = 0; r < rules.size(); r++) {
      if (!rules.get(r).needs().leavesOut()) {
        continue;
      }
      for (int i = 0; i < graph.nodes.size(); i++) {
        BitSet reach = new BitSet();
        reach.set(i);
        if (graph.isPlaced(i)) {
          reach.or(graph.closure(reach));
          if (reach.intersects(matched.get(r))) {
            optional.computeIfAbsent(i, none -> new ArrayList<>()).add(rules.get(r));
          }
        }
      }
    }
  }

  /**
   * The rules that leave a member of a unit out where their needs are not met. None for what is all
   * that the unit has: nobody would go there but for it.
   */
  List<PolicyRule> leaving(List<Integer> members, int member) {
    return optional.keySet().containsAll(members)
        ? List.of()
        : optional.getOrDefault(member, List.of());
  }

  /** What some members need in a region, themselves included. */
  BitSet withNeeds(List<Integer> members) {
    BitSet all = new BitSet();
    members.forEach(all::set);
    all.or(graph.closure(all));
    return all;
  }

  /** What of a unit is in whichever place it goes to. */
  private BitSet always(List<Integer> members, BitSet closure) {
    if (members.isEmpty()) {
      return closure;
    }
    return withNeeds(
        members.stream().filter(member -> leaving(members, member).isEmpty()).toList());
  }

  List<CatalogUse> uses(int node) {
    return uses.get(node);
  }

  private void divide() {
    int size = graph.nodes.size();
    int[] parent = new int[size];
    Arrays.setAll(parent, i -> i);
    for (int i = 0; i < size; i++) {
      if (graph.isPlaced(i)) {
        int node = i;
        graph.same[i].stream().filter(graph::isPlaced).forEach(other -> join(parent, node, other));
      }
    }
    joinByHost(parent);
    Map<Integer, List<Integer>> groups = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      if (graph.isPlaced(i)) {
        groups.computeIfAbsent(root(parent, i), none -> new ArrayList<>()).add(i);
      }
    }
    Map<Kind, Integer> kinds = new HashMap<>();
    BitSet needed = new BitSet();
    for (List<Integer> members : groups.values()) {
      BitSet start = new BitSet();
      members.forEach(start::set);
      BitSet closure = graph.closure(start);
      needed.or(closure);
      add(members, closure, kinds);
    }
    divideUnneeded(needed, kinds);
  }

  /** What a server group holds on one host cannot be in two places. */
  private void joinByHost(int[] parent) {
    for (int i = 0; i < graph.nodes.size(); i++) {
      if (ServerGroupType.isTogether(graph.nodes.get(i))) {
        int group = i;
        int[] servers =
            IntStream.range(0, graph.nodes.size())
                .filter(node -> graph.isPlaced(node) && graph.same[node].get(group))
                .toArray();
        Arrays.stream(servers).forEach(server -> join(parent, servers[0], server));
      }
    }
  }

  /** Stretched resources that no placed one needs go to one place together with their like. */
  private void divideUnneeded(BitSet needed, Map<Kind, Integer> kinds) {
    int size = graph.nodes.size();
    int[] parent = new int[size];
    Arrays.setAll(parent, i -> i);
    for (int i = 0; i < size; i++) {
      if (graph.isStretched(i) && !needed.get(i)) {
        int node = i;
        graph.same[i].stream()
            .filter(other -> graph.isStretched(other) && !needed.get(other))
            .forEach(other -> join(parent, node, other));
      }
    }
    Map<Integer, BitSet> groups = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      if (graph.isStretched(i) && !needed.get(i)) {
        groups.computeIfAbsent(root(parent, i), none -> new BitSet()).set(i);
      }
    }
    groups.values().forEach(group -> add(List.of(), graph.closure(group), kinds));
  }

  private void add(List<Integer> members, BitSet closure, Map<Kind, Integer> kinds) {
    int[] weights = new int[constraints.size()];
    for (int c = 0; c < weights.length; c++) {
      weights[c] = weight(members, matched.get(constraintRuleIndexes.get(c)));
    }
    Demand demand = demand(members, closure);
    List<Side> side = affinities.stream().map(affinity -> side(affinity, members)).toList();
    Kind kind = new Kind(demand, closure, Arrays.stream(weights).boxed().toList(), side);
    Integer index = kinds.get(kind);
    if (index == null) {
      index = demands.size();
      kinds.put(kind, index);
      demands.add(demand);
      closures.add(closure);
      sides.add(side);
    }
    units.add(new PlacementUnit(members, closure, index, weights));
  }

  /**
   * Servers are what is counted; where a rule is about none of a unit's servers, the unit is one.
   */
  private int weight(List<Integer> members, BitSet about) {
    int servers = 0;
    int others = 0;
    for (int member : members) {
      if (about.get(member)) {
        if (graph.nodes.get(member).type().name().equals("OS::Nova::Server")) {
          servers++;
        } else {
          others = 1;
        }
      }
    }
    return servers > 0 ? servers : others;
  }

  private Side side(Affinity affinity, List<Integer> members) {
    return new Side(
        members.stream().map(graph.nodes::get).anyMatch(affinity::isOf),
        members.stream().map(graph.nodes::get).anyMatch(affinity::isTo));
  }

  private Demand demand(List<Integer> members, BitSet closure) {
    List<PolicyRule> reaching = new ArrayList<>();
    for (int r = 0; r < rules.size(); r++) {
      BitSet about = matched.get(r);
      if (about.intersects(closure) || members.stream().anyMatch(about::get)) {
        reaching.add(rules.get(r));
      }
    }
    Set<String> services = new TreeSet<>();
    List<CatalogUse> named = new ArrayList<>();
    List<Demand.ServerDemand> servers = new ArrayList<>();
    List<Demand.VolumeDemand> volumes = new ArrayList<>();
    Set<String> computeZones = new TreeSet<>();
    Set<String> volumeZones = new TreeSet<>();
    long[] counts = Amounts.none();
    boolean computes = false;
    boolean stores = false;
    List<Integer> all = new ArrayList<>(members);
    closure.stream().forEach(all::add);
    BitSet always = always(members, closure);
    for (int node : all) {
      Amounts.add(counts, amounts[node]);
      volume(node).ifPresent(volumes::add);
      if (!always.get(node)) {
        continue;
      }
      ResourceNode resource = graph.nodes.get(node);
      if (!resource.type().serviceType().isEmpty()) {
        services.add(resource.type().serviceType());
      }
      boolean server = resource.type().name().equals("OS::Nova::Server");
      computes |= server;
      stores |= resource.type().name().equals("OS::Cinder::Volume");
      server(node).ifPresent(servers::add);
      for (CatalogUse use : uses(node)) {
        switch (use.kind()) {
          case COMPUTE_ZONE -> computeZones.add(use.text());
          case VOLUME_ZONE -> volumeZones.add(use.text());
          default -> {
            if (!server || !use.property().equals("flavor") && !use.property().equals("image")) {
              named.add(use);
            }
          }
        }
      }
    }
    Demand.Zoned zoned =
        computes ? Demand.Zoned.COMPUTE : stores ? Demand.Zoned.VOLUME : Demand.Zoned.NOT;
    return new Demand(
        reaching,
        services,
        named.stream().distinct().toList(),
        servers,
        volumes,
        computeZones,
        volumeZones,
        zoned,
        Arrays.stream(counts).boxed().toList());
  }

  private Optional<CatalogUse> find(int node, CatalogKind kind, String property) {
    return uses(node).stream()
        .filter(use -> use.kind() == kind && use.property().equals(property))
        .findFirst();
  }

  private static int root(int[] parent, int node) {
    int root = node;
    while (parent[root] != root) {
      parent[root] = parent[parent[root]];
      root = parent[root];
    }
    return root;
  }

  /** The lower number becomes the root, so that groups keep the template's order. */
  private static void join(int[] parent, int a, int b) {
    int rootA = root(parent, a);
    int rootB = root(parent, b);
    parent[Math.max(rootA, rootB)] = Math.min(rootA, rootB);
  }
}
