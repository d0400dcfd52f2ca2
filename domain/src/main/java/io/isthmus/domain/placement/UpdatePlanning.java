package io.isthmus.domain.placement;

import io.isthmus.domain.cloud.FederationSnapshot;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.network.AddressPlan;
import io.isthmus.domain.template.Footing;
import io.isthmus.domain.template.ResourceGraph;
import io.isthmus.domain.template.ResourceNode;
import io.isthmus.domain.template.ResourceReference;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * Plans an update: places what the stack shall be and compares it with what it is. What is made
 * anew beside the old one takes room beside it, which is known only after the comparison; so both
 * are done again until nothing more comes to that.
 *
 * <p>What holds data is not made anew because something else leaves a place, unless data was given
 * up: what it refers to stays then, or all of the stack.
 */
final class UpdatePlanning {

  private static final int MOST_ROUNDS = 4;

  private final Planner planner;
  private final StandingStack stack;
  private final PlacementPolicy policyBefore;
  private final ResourceGraph graph;
  private final PlacementPolicy policy;
  private final FederationSnapshot federation;
  private final Leaving leaving;

  /**
   * @param policyBefore the stack's policy with all rules that bind it
   * @param graph what it shall be
   * @param policy what shall hold of it, with all rules that bind it
   * @param leaving places that it leaves
   */
  UpdatePlanning(
      Planner planner,
      StandingStack stack,
      PlacementPolicy policyBefore,
      ResourceGraph graph,
      PlacementPolicy policy,
      FederationSnapshot federation,
      Leaving leaving) {
    this.planner = planner;
    this.stack = stack;
    this.policyBefore = policyBefore;
    this.graph = graph;
    this.policy = policy;
    this.federation = federation;
    this.leaving = leaving;
  }

  /**
   * @param difference empty of steps when something has no place
   * @param leaving with all that stays in places that are left
   * @param held what stays there, with every reason
   */
  record Answer(
      Placement placement,
      StandingStacks.Difference difference,
      Leaving leaving,
      List<Leaving.Held> held) {

    private Answer with(StandingStacks.Difference other, Collection<Leaving.Held> allThatIsHeld) {
      return new Answer(placement, other, leaving, List.copyOf(allThatIsHeld));
    }
  }

  /**
   * @throws FederationFault TEMPLATE_INVALID for what no cloud does
   */
  Answer plan(
      BiFunction<Placement.Placed, ResourceGraph, StandingStacks.Difference> compare,
      AddressPlan addresses) {
    if (leaving.isNone() || leaving.withState()) {
      return plan(compare, addresses, leaving);
    }
    Map<String, Leaving.Held> held = new TreeMap<>();
    Leaving away = leaving;
    for (int round = 1; ; round++) {
      Answer answer = plan(compare, addresses, away);
      answer.held().forEach(one -> held.putIfAbsent(one.resource(), one));
      Set<String> lost = losing(answer.difference());
      if (lost.isEmpty()) {
        return answer.with(answer.difference(), held.values());
      }
      away = answer.leaving();
      Map<String, String> more = round < MOST_ROUNDS ? moved(lost, answer, away) : Map.of();
      if (more.isEmpty()) {
        more = everything(lost.iterator().next(), away);
      }
      if (more.isEmpty()) {
        // It would be made anew though nothing moves: nothing is done to the stack.
        lost.forEach(path -> hold(path, path, true, held));
        return answer.with(
            new StandingStacks.Difference(List.of(), List.of(), List.of()), held.values());
      }
      more.forEach((path, whose) -> hold(path, whose, false, held));
      away = away.holding(more.keySet());
    }
  }

  private Answer plan(
      BiFunction<Placement.Placed, ResourceGraph, StandingStacks.Difference> compare,
      AddressPlan addresses,
      Leaving away) {
    Set<String> anew = new HashSet<>();
    for (int round = 1; ; round++) {
      Departure departure = place(addresses, anew, away);
      if (!(departure.placement() instanceof Placement.Placed placed)) {
        return answer(departure, new StandingStacks.Difference(List.of(), List.of(), List.of()));
      }
      StandingStacks.Difference difference = compare.apply(placed, graph);
      requirePossible(difference);
      if (!anew.addAll(PlannedUpdate.anew(difference.steps())) || round == MOST_ROUNDS) {
        return answer(departure, difference);
      }
    }
  }

  /**
   * What holds data and would lose it, wherever it stands: what refers to something that moves may
   * be made anew in its place.
   */
  private Set<String> losing(StandingStacks.Difference difference) {
    Set<String> lost = new TreeSet<>();
    for (PlannedUpdate.Step step : difference.steps()) {
      boolean goes =
          step.kind() == PlannedUpdate.Step.Kind.REPLACED
              || step.kind() == PlannedUpdate.Step.Kind.REMOVED;
      String path = step.id().resource();
      if (goes
          && Stream.of(stack.graph(), graph)
              .flatMap(one -> one.find(path).stream())
              .anyMatch(
                  node -> node.type().footing() == Footing.PLACED && Updating.holdsState(node))) {
        lost.add(path);
      }
    }
    return lost;
  }

  /** What moves and is referred to, directly or not, by what would lose data: for whose sake. */
  private Map<String, String> moved(Set<String> lost, Answer answer, Leaving away) {
    Set<String> moves = new HashSet<>();
    answer.difference().steps().stream()
        .filter(step -> step.kind() == PlannedUpdate.Step.Kind.ADDED)
        .map(step -> step.id().resource())
        .filter(path -> !away.held().contains(path))
        .forEach(moves::add);
    Map<String, String> found = new TreeMap<>();
    for (String path : lost) {
      Deque<String> next = new ArrayDeque<>(List.of(path));
      Set<String> seen = new HashSet<>(next);
      while (!next.isEmpty()) {
        for (ResourceReference reference :
            graph.find(next.pop()).map(ResourceNode::references).orElse(List.of())) {
          if (seen.add(reference.target())) {
            next.push(reference.target());
            if (moves.contains(reference.target())) {
              found.putIfAbsent(reference.target(), path);
            }
          }
        }
      }
    }
    return found;
  }

  /** All that stands and is not held yet. */
  private Map<String, String> everything(String whose, Leaving away) {
    Map<String, String> found = new TreeMap<>();
    stack.stands().parts().stream()
        .map(part -> part.id().resource())
        .filter(path -> !away.held().contains(path))
        .forEach(path -> found.put(path, whose));
    return found;
  }

  /**
   * Tells that a resource stays.
   *
   * @param whose what would lose data if it moved
   * @param anywhere whether to tell it too when it is in no place that is left
   */
  private void hold(String path, String whose, boolean anywhere, Map<String, Leaving.Held> held) {
    for (PlannedPart part : stack.stands().parts()) {
      PartId id = part.id();
      Place at =
          part.availabilityZone()
              .map(zone -> Place.inZone(id.cloud(), id.region(), zone))
              .orElse(id.place());
      if (id.resource().equals(path) && (anywhere || leaving.of(at).isPresent())) {
        Phrase why =
            path.equals(whose)
                ? Phrase.of("placement.leaving.rebuilt", path)
                : Phrase.of("placement.leaving.rebuilds", path, whose);
        held.putIfAbsent(
            path, new Leaving.Held(path, part.type(), at, true, List.of(why), List.of()));
      }
    }
  }

  private Departure place(AddressPlan addresses, Set<String> anew, Leaving away) {
    if (!away.isNone()) {
      return planner.leave(
          stack.graph(),
          policyBefore,
          graph,
          policy,
          federation,
          addresses,
          stack.stands(),
          anew,
          away);
    }
    Placement placement =
        planner.update(
            stack.graph(),
            policyBefore,
            graph,
            policy,
            federation,
            addresses,
            stack.stands(),
            anew);
    return new Departure(placement, away, List.of());
  }

  private static Answer answer(Departure departure, StandingStacks.Difference difference) {
    return new Answer(departure.placement(), difference, departure.leaving(), departure.held());
  }

  private static void requirePossible(StandingStacks.Difference difference) {
    if (!difference.impossible().isEmpty()) {
      throw new FederationFault(
          FaultCode.TEMPLATE_INVALID,
          difference.impossible().get(0).message(),
          difference.impossible());
    }
  }

  /** What stands against a plan now; empty when it still holds. */
  List<Phrase> changes(Placement.Placed placed, Set<String> anew) {
    return planner.changesOfLeaving(
        stack.graph(),
        policyBefore,
        graph,
        policy,
        federation,
        stack.stands(),
        anew,
        leaving,
        placed);
  }

  /**
   * What a policy says of servers whose place is lost, by path; those of which it says nothing are
   * absent.
   */
  static Map<String, Failover> failovers(ResourceGraph graph, PlacementPolicy policy) {
    if (policy.rules().stream().allMatch(rule -> rule.failover().isEmpty())) {
      return Map.of();
    }
    GraphIndex index = new GraphIndex(graph);
    Units units = new Units(index, policy);
    Map<String, Failover> found = new TreeMap<>();
    for (int i = 0; i < index.nodes.size(); i++) {
      String path = index.nodes.get(i).path();
      units.failover(i).ifPresent(failover -> found.put(path, failover));
    }
    return found;
  }

  /** What the stack costs as it is. */
  Estimate before() {
    return Estimate.of(stack.stands().parts(), federation);
  }
}
