package io.isthmus.domain.placement;

import io.isthmus.domain.cloud.Area;
import io.isthmus.domain.cloud.ClosedArea;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.Footing;
import io.isthmus.domain.template.ResourceGraph;
import io.isthmus.domain.template.ResourceNode;
import io.isthmus.domain.template.ResourceReference;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the loss of a cloud would do to one stack: asks for what stands there to leave, as for a
 * drain, but nothing that stands elsewhere moves for its sake, and what the policy says is never
 * made anew stays.
 */
final class LossPlanning {

  private static final String SERVER = "OS::Nova::Server";

  private final CloudId cloud;
  private final ResourceGraph graph;
  private final Map<String, Failover> failovers;

  /** By path, in order: where it stands. */
  private final Map<String, List<Place>> stands = new TreeMap<>();

  private final Map<String, String> types = new HashMap<>();

  /**
   * @param failovers what the policy says of servers whose place is lost, by path
   */
  LossPlanning(
      CloudId cloud, StandingStack stack, ResourceGraph graph, Map<String, Failover> failovers) {
    this.cloud = cloud;
    this.graph = graph;
    this.failovers = failovers;
    for (PlannedPart part : stack.stands().parts()) {
      String path = part.id().resource();
      stands.computeIfAbsent(path, none -> new ArrayList<>()).add(place(part));
      types.put(path, part.type());
    }
  }

  private static Place place(PlannedPart part) {
    return part.availabilityZone()
        .map(zone -> Place.inZone(part.id().cloud(), part.id().region(), zone))
        .orElse(part.id().place());
  }

  /** What is asked of the planner. */
  Leaving leaving() {
    Set<String> held = new HashSet<>();
    stands.forEach(
        (path, places) -> {
          if (places.stream().noneMatch(at -> at.cloud().equals(cloud)) || isNever(path)) {
            held.add(path);
          }
        });
    ClosedArea lost =
        new ClosedArea(Area.of(cloud), Phrase.of("placement.loss.lost", cloud.text()));
    return new Leaving(List.of(lost), false, held);
  }

  private boolean isNever(String path) {
    return failovers.containsKey(path) && failovers.get(path).mode() == Failover.Mode.NEVER;
  }

  /** All of which would be lost. */
  private boolean isLost(String path) {
    return stands.get(path).stream().allMatch(at -> at.cloud().equals(cloud));
  }

  /**
   * What the planner's answer means.
   *
   * @param tooDear why the project may not pay for what would be made anew; empty when it may
   */
  List<LostResource> lost(UpdatePlanning.Answer answer, Optional<Phrase> tooDear) {
    Map<String, ResourceChange> moves =
        answer.difference().changes().stream()
            .filter(change -> change.to().stream().anyMatch(at -> !at.cloud().equals(cloud)))
            .filter(change -> change.kind() != ResourceChange.Kind.UNCHANGED)
            .collect(
                Collectors.toMap(ResourceChange::resource, change -> change, (one, two) -> one));
    Map<String, Leaving.Held> held =
        answer.held().stream()
            .collect(Collectors.toMap(Leaving.Held::resource, one -> one, (one, two) -> one));
    Map<String, Decision> decisions =
        answer.placement().decisions().stream()
            .collect(Collectors.toMap(Decision::resource, one -> one, (one, two) -> one));
    boolean noPlace = held.values().stream().anyMatch(one -> !one.state());
    Movers movers = new Movers(moves.keySet());
    List<LostResource> lost = new ArrayList<>();
    for (String path : stands.keySet()) {
      if (!isLost(path)) {
        continue;
      }
      if (moves.containsKey(path) && tooDear.isPresent()) {
        lost.add(stays(path, LostResource.Outcome.NO_PLACE, List.of(tooDear.get()), List.of()));
      } else if (moves.containsKey(path)) {
        lost.add(moves(path, moves.get(path), decisions, movers));
      } else if (held.containsKey(path)) {
        Leaving.Held one = held.get(path);
        lost.add(
            stays(
                path,
                one.state() ? LostResource.Outcome.STAYS_DOWN : LostResource.Outcome.NO_PLACE,
                one.why(),
                one.elsewhere()));
      } else {
        boolean never = isNever(path);
        lost.add(
            stays(
                path,
                noPlace && !never ? LostResource.Outcome.NO_PLACE : LostResource.Outcome.STAYS_DOWN,
                List.of(
                    Phrase.of(never ? "placement.loss.never" : "placement.loss.with-others", path)),
                List.of()));
      }
    }
    return lost;
  }

  private LostResource moves(
      String path, ResourceChange move, Map<String, Decision> decisions, Movers movers) {
    Optional<Failover> by = movers.of(path);
    return new LostResource(
        path,
        types.get(path),
        stands.get(path),
        move.to().stream().filter(at -> !at.cloud().equals(cloud)).toList(),
        by.isPresent() ? LostResource.Outcome.MOVES : LostResource.Outcome.MOVABLE,
        Optional.ofNullable(decisions.get(path)).map(Decision::why).orElse(List.of()),
        List.of(),
        by.map(Failover::after));
  }

  private LostResource stays(
      String path, LostResource.Outcome outcome, List<Phrase> why, List<Exclusion> elsewhere) {
    return new LostResource(
        path,
        types.get(path),
        stands.get(path),
        List.of(),
        outcome,
        why,
        elsewhere,
        Optional.<Duration>empty());
  }

  /** By which server's rule something moves by itself: its own, or that of one that it is with. */
  private final class Movers {

    private final Map<String, Failover> servers = new HashMap<>();
    private final Map<String, Failover> others = new HashMap<>();

    Movers(Set<String> moves) {
      failovers.forEach(
          (path, failover) -> {
            if (moves.contains(path) && failover.mode() != Failover.Mode.NEVER) {
              servers.put(path, failover);
            }
          });
      servers.forEach((path, failover) -> reach(Set.of(path), failover));
      boolean more = true;
      while (more) {
        more = false;
        for (String path : moves) {
          more |= !others.containsKey(path) && follows(path);
        }
      }
    }

    /** What refers to something that moves, such as an attachment or an address, goes with it. */
    private boolean follows(String path) {
      Optional<String> target =
          graph.find(path).stream()
              .flatMap(node -> node.references().stream())
              .map(ResourceReference::target)
              .filter(one -> servers.containsKey(one) || others.containsKey(one) && isPlaced(one))
              .findFirst();
      target.ifPresent(
          one -> others.put(path, Optional.ofNullable(servers.get(one)).orElse(others.get(one))));
      return target.isPresent();
    }

    /** A network that others use, too, makes nothing follow it. */
    private boolean isPlaced(String path) {
      return graph.find(path).filter(node -> node.type().footing() == Footing.PLACED).isPresent();
    }

    /** What a server needs, directly or not. */
    private void reach(Set<String> from, Failover failover) {
      Deque<String> next = new ArrayDeque<>(from);
      while (!next.isEmpty()) {
        for (ResourceReference reference :
            graph.find(next.pop()).map(ResourceNode::references).orElse(List.of())) {
          if (others.putIfAbsent(reference.target(), failover) == null) {
            next.push(reference.target());
          }
        }
      }
    }

    Optional<Failover> of(String path) {
      return Optional.ofNullable(
          SERVER.equals(types.get(path)) ? servers.get(path) : others.get(path));
    }
  }
}
