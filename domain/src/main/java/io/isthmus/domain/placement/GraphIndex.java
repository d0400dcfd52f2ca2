package io.isthmus.domain.placement;

import io.isthmus.domain.template.Footing;
import io.isthmus.domain.template.ResourceGraph;
import io.isthmus.domain.template.ResourceNode;
import io.isthmus.domain.template.ResourceReference;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A resource graph by numbers: who needs whom, once groups and computed values are seen through,
 * and who must lie in the same region.
 */
final class GraphIndex {

  /**
   * What makes no sense without the other and so is wherever the other is, although the other does
   * not refer to it: resource type to the properties that name the other.
   *
   * @see "OpenStack Networking API: subnets, router interfaces and rules are parts of a network, a
   *     subnet and a security group; Load Balancer API: listeners, pools and health monitors are
   *     parts of a load balancer"
   */
  private static final Map<String, List<String>> COMPANION_OF =
      Map.of(
          "OS::Neutron::Subnet", List.of("network", "network_id"),
          "OS::Neutron::RouterInterface", List.of("subnet", "subnet_id"),
          "OS::Neutron::SecurityGroupRule", List.of("security_group"),
          "OS::Octavia::Listener", List.of("loadbalancer", "default_pool"),
          "OS::Octavia::Pool", List.of("loadbalancer", "listener"),
          "OS::Octavia::HealthMonitor", List.of("pool"));

  final List<ResourceNode> nodes;
  final JsonObject[] known;
  private final Map<String, Integer> byPath = new HashMap<>();
  private final Map<String, List<Integer>> members = new HashMap<>();

  /** What each node stands for: itself, or the real resources behind a computed one. */
  private final BitSet[] real;

  /** As {@link #real}, but only through {@code get_resource}. */
  private final BitSet[] realByName;

  /** Real resources that must be complete before each real resource. */
  final BitSet[] needs;

  /** Real resources that must be in the same region as each real resource that names them. */
  final BitSet[] same;

  /** Stretched resources that go wherever a resource goes, beside those that it names. */
  final BitSet[] companions;

  GraphIndex(ResourceGraph graph) {
    nodes = graph.nodes();
    int size = nodes.size();
    known = new JsonObject[size];
    real = new BitSet[size];
    realByName = new BitSet[size];
    needs = sets(size);
    same = sets(size);
    companions = sets(size);
    for (int i = 0; i < size; i++) {
      ResourceNode node = nodes.get(i);
      byPath.put(node.path(), i);
      known[i] = node.knownProperties();
      int index = i;
      node.group().ifPresent(g -> members.computeIfAbsent(g, none -> new ArrayList<>()).add(index));
    }
    for (int i = 0; i < size; i++) {
      real(i, new BitSet());
      realByName(i, new BitSet());
    }
    for (int i = 0; i < size; i++) {
      if (!isComputed(i)) {
        connect(i);
      }
    }
    addWhatHeatAdds();
  }

  private static BitSet[] sets(int size) {
    BitSet[] sets = new BitSet[size];
    for (int i = 0; i < size; i++) {
      sets[i] = new BitSet();
    }
    return sets;
  }

  boolean isComputed(int node) {
    return nodes.get(node).type().footing() == Footing.COMPUTED;
  }

  boolean isPlaced(int node) {
    return nodes.get(node).type().footing() == Footing.PLACED;
  }

  boolean isStretched(int node) {
    return nodes.get(node).type().footing() == Footing.STRETCHED;
  }

  Optional<Integer> find(String path) {
    return Optional.ofNullable(byPath.get(path));
  }

  /** The real resources that a reference's target stands for. */
  BitSet targets(ResourceReference reference) {
    return find(reference.target()).map(target -> real[target]).orElseGet(BitSet::new);
  }

  private BitSet real(int node, BitSet open) {
    if (real[node] != null) {
      return real[node];
    }
    BitSet set = new BitSet();
    if (!isComputed(node)) {
      set.set(node);
    } else if (!open.get(node)) {
      open.set(node);
      for (int member : members.getOrDefault(nodes.get(node).path(), List.of())) {
        set.or(real(member, open));
      }
      for (ResourceReference reference : nodes.get(node).references()) {
        find(reference.target()).ifPresent(target -> set.or(real(target, open)));
      }
    }
    real[node] = set;
    return set;
  }

  private BitSet realByName(int node, BitSet open) {
    if (realByName[node] != null) {
      return realByName[node];
    }
    BitSet set = new BitSet();
    if (!isComputed(node)) {
      set.set(node);
    } else if (!open.get(node)) {
      open.set(node);
      for (int member : members.getOrDefault(nodes.get(node).path(), List.of())) {
        set.or(realByName(member, open));
      }
      for (ResourceReference reference : nodes.get(node).references()) {
        if (reference.property().isPresent() && reference.attribute().isEmpty()) {
          find(reference.target()).ifPresent(target -> set.or(realByName(target, open)));
        }
      }
    }
    realByName[node] = set;
    return set;
  }

  private void connect(int node) {
    List<String> companionOf = COMPANION_OF.getOrDefault(nodes.get(node).type().name(), List.of());
    for (ResourceReference reference : nodes.get(node).references()) {
      Optional<Integer> target = find(reference.target());
      if (target.isEmpty()) {
        continue;
      }
      needs[node].or(real[target.get()]);
      if (reference.sameRegion()) {
        same[node].or(realByName[target.get()]);
        if (reference.property().filter(companionOf::contains).isPresent()) {
          realByName[target.get()].stream().forEach(other -> companions[other].set(node));
        }
      }
    }
    nodes.get(node).group().flatMap(this::find).ifPresent(group -> needs[node].or(around(group)));
    needs[node].clear(node);
    same[node].clear(node);
    if (isStretched(node)) {
      same[node].stream().filter(this::isPlaced).forEach(placed -> companions[placed].set(node));
    }
  }

  /** What a group needs beside its own members: each of these needs it too. */
  private BitSet around(int group) {
    List<Integer> own = members.getOrDefault(nodes.get(group).path(), List.of());
    BitSet around = new BitSet();
    nodes.get(group).references().stream()
        .flatMap(reference -> find(reference.target()).stream())
        .filter(target -> !own.contains(target))
        .forEach(target -> around.or(real[target]));
    return around;
  }

  /**
   * Needs that templates leave unsaid: ports and servers need the subnets of their networks, and
   * floating IPs the router interfaces behind which their ports are.
   *
   * @see "openstack/heat, heat/engine/resources/openstack: neutron/port.py, nova/server.py,
   *     neutron/floatingip.py, add_explicit_dependencies"
   */
  private void addWhatHeatAdds() {
    BitSet[] reach = new BitSet[nodes.size()];
    for (int i = 0; i < reach.length; i++) {
      BitSet all = (BitSet) needs[i].clone();
      int node = i;
      needs[i].stream().filter(t -> t < node).forEach(t -> all.or(reach[t]));
      reach[i] = all;
    }
    for (int i = 0; i < nodes.size(); i++) {
      BitSet unsaid =
          switch (nodes.get(i).type().name()) {
            case "OS::Neutron::Port", "OS::Nova::Server" -> subnetsOf(i);
            case "OS::Neutron::FloatingIP", "OS::Neutron::FloatingIPAssociation" ->
                interfacesBefore(i);
            default -> new BitSet();
          };
      int node = i;
      // A subnet may itself be told something of a port; then the template's own order holds.
      unsaid.stream().filter(t -> !reach[t].get(node)).forEach(needs[node]::set);
    }
  }

  private BitSet subnetsOf(int node) {
    BitSet subnets = new BitSet();
    same[node].stream().forEach(network -> subnets.or(companions[network]));
    return only("OS::Neutron::Subnet", subnets);
  }

  private BitSet interfacesBefore(int node) {
    BitSet networks = new BitSet();
    BitSet seen = new BitSet();
    collectNetworks(node, seen, networks);
    BitSet interfaces = new BitSet();
    networks.stream()
        .flatMap(network -> companions[network].stream())
        .forEach(subnet -> interfaces.or(companions[subnet]));
    return only("OS::Neutron::RouterInterface", interfaces);
  }

  private void collectNetworks(int node, BitSet seen, BitSet networks) {
    same[node].stream()
        .filter(target -> !seen.get(target))
        .forEach(
            target -> {
              seen.set(target);
              if (isStretched(target)) {
                networks.set(target);
              } else {
                collectNetworks(target, seen, networks);
              }
            });
  }

  private BitSet only(String type, BitSet set) {
    BitSet some = new BitSet();
    set.stream().filter(node -> nodes.get(node).type().name().equals(type)).forEach(some::set);
    return some;
  }

  /** All stretched resources that must be in a region when these resources are. */
  BitSet closure(BitSet start) {
    BitSet closure = new BitSet();
    BitSet open = (BitSet) start.clone();
    for (int node = open.nextSetBit(0); node >= 0; node = open.nextSetBit(0)) {
      open.clear(node);
      if (isStretched(node)) {
        closure.set(node);
      }
      BitSet next = (BitSet) same[node].clone();
      next.or(companions[node]);
      next.stream()
          .filter(target -> isStretched(target) && !closure.get(target))
          .forEach(open::set);
    }
    return closure;
  }
}
