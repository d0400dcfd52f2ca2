package io.isthmus.domain.placement;

import io.isthmus.domain.cloud.FederationSnapshot;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.network.AddressPlan;
import io.isthmus.domain.placement.weigher.HeadroomWeigher;
import io.isthmus.domain.placement.weigher.LocalityWeigher;
import io.isthmus.domain.placement.weigher.NearnessWeigher;
import io.isthmus.domain.placement.weigher.PreferenceWeigher;
import io.isthmus.domain.placement.weigher.SoftSpreadWeigher;
import io.isthmus.domain.template.ResourceGraph;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Decides where each resource runs: groups what stays together, filters places with every reason,
 * arranges within spread constraints and quotas, gives addresses, and says why. Pure: the same
 * input gives the same plan.
 */
public final class Planner {

  private static final int MOST_NAMED = 8;

  /** How often it is tried without what has no place elsewhere, before nothing goes. */
  private static final int MOST_DEPARTURES = 6;

  static final List<Weigher> WEIGHERS =
      List.of(
          new SoftSpreadWeigher(),
          new NearnessWeigher(),
          new PreferenceWeigher(),
          new LocalityWeigher(),
          new HeadroomWeigher());

  private final Distances.Memory distances = new Distances.Memory();

  /**
   * Places everything, or says what has no place and why.
   *
   * @param addresses the project's addresses and what is taken of them
   */
  public Placement place(
      ResourceGraph graph,
      PlacementPolicy policy,
      FederationSnapshot federation,
      AddressPlan addresses) {
    GraphIndex index = new GraphIndex(graph);
    Units units = new Units(index, policy);
    Survey survey = new Survey(units, federation, policy.preferences(), distances);
    List<Integer> open = new ArrayList<>();
    List<Integer> nowhere = new ArrayList<>();
    for (int u = 0; u < units.units.size(); u++) {
      boolean eligible = survey.problem.eligible[units.units.get(u).kind()].length > 0;
      (eligible ? open : nowhere).add(u);
    }
    Arranger.Result result = new Arranger(survey.problem, WEIGHERS).arrange(open);
    Explanation explanation = new Explanation(units, survey, result.arrangement());
    Map<Integer, List<Place>> regions = regions(survey, result.arrangement());
    List<Decision> decisions = decisions(units, survey, result.arrangement(), regions, explanation);
    Addressing addressing = new Addressing(index, regions, addresses);
    if (!nowhere.isEmpty() || !result.stuck().isEmpty() || !addressing.failures.isEmpty()) {
      return unplaced(units, survey, nowhere, open, result, addressing.failures, decisions);
    }
    Parts parts = new Parts(units, survey, result.arrangement(), regions, addressing);
    List<Phrase> remarks = new ArrayList<>(addressing.remarks);
    remarks.addAll(leftOut(units, survey, result.arrangement()));
    remarks.addAll(unknownQuotas(survey, result.arrangement()));
    List<PlannedPart> planned = parts.inOrder();
    return new Placement.Placed(
        planned,
        new Wiring(addressing.segments, remarks),
        decisions,
        Estimate.of(planned, federation));
  }

  static Placement.Unplaced unplaced(
      Units units,
      Survey survey,
      List<Integer> nowhere,
      List<Integer> open,
      Arranger.Result result,
      List<Phrase> failures,
      List<Decision> decisions) {
    Explanation explanation = new Explanation(units, survey, result.arrangement());
    List<Decision> unplaced = new ArrayList<>();
    nowhere.forEach(unit -> unplaced.addAll(explanation.unplaced(unit)));
    result.stuck().forEach(unit -> unplaced.addAll(explanation.unplaced(unit)));
    List<Phrase> reasons = reasons(units, survey, nowhere, open, result);
    reasons.addAll(failures);
    return new Placement.Unplaced(unplaced, reasons, decisions);
  }

  /**
   * Finds another place, within the policy, for what its place refused, together with all that must
   * be with it. Everything else stays where it is.
   *
   * @param addresses the project's addresses and what is taken of them, the stack's own included
   */
  public Relocation again(
      ResourceGraph graph,
      PlacementPolicy policy,
      FederationSnapshot federation,
      AddressPlan addresses,
      Standing standing) {
    GraphIndex index = new GraphIndex(graph);
    Units units = new Units(index, policy);
    Survey survey = new Survey(units, federation, policy.preferences(), distances);
    return new Relocating(index, units, survey, standing).relocate(WEIGHERS, addresses);
  }

  /**
   * Places anew a stack that is there, for what it shall be from now on. What stands stays where it
   * is if the policy allows it; as few units as possible move.
   *
   * @param before what the stack is
   * @param policyBefore what holds of it now
   * @param graph what it shall be
   * @param policy what shall hold of it
   * @param federation with what the stack has and has reserved counted
   * @param addresses the project's addresses and what is taken of them, the stack's own included
   * @param standing how it stands; refusals of places count for what comes
   * @param anew resources of which a new generation is made beside the one that stands
   */
  public Placement update(
      ResourceGraph before,
      PlacementPolicy policyBefore,
      ResourceGraph graph,
      PlacementPolicy policy,
      FederationSnapshot federation,
      AddressPlan addresses,
      Standing standing,
      Set<String> anew) {
    return updating(before, policyBefore, graph, policy, federation, standing, anew, Leaving.NONE)
        .place(WEIGHERS, addresses, federation);
  }

  /**
   * The same for a stack that leaves places. What has no place elsewhere stays, as long as the rest
   * can go without it; when no part of it alone is the matter, nothing goes.
   *
   * @param leaving what is left; counts as closed
   */
  Departure leave(
      ResourceGraph before,
      PlacementPolicy policyBefore,
      ResourceGraph graph,
      PlacementPolicy policy,
      FederationSnapshot federation,
      AddressPlan addresses,
      Standing standing,
      Set<String> anew,
      Leaving leaving) {
    FederationSnapshot closed =
        UnseenRegions.shown(federation, before, standing.parts()).closing(leaving.left());
    Map<String, Leaving.Held> held = new TreeMap<>();
    Leaving away = leaving;
    for (int round = 1; ; round++) {
      Updating updating =
          updating(before, policyBefore, graph, policy, closed, standing, anew, away);
      Placement placement = updating.place(WEIGHERS, addresses, closed);
      updating.heldForState().forEach(one -> held.put(one.resource(), one));
      if (!(placement instanceof Placement.Unplaced unplaced)) {
        return new Departure(placement, away, List.copyOf(held.values()));
      }
      List<Leaving.Held> more = updating.heldFor(unplaced, round == MOST_DEPARTURES);
      if (more.isEmpty()) {
        more = updating.heldFor(unplaced, true);
      }
      if (more.isEmpty()) {
        return new Departure(placement, away, List.copyOf(held.values()));
      }
      more.forEach(one -> held.put(one.resource(), one));
      away = away.holding(more.stream().map(Leaving.Held::resource).collect(Collectors.toSet()));
    }
  }

  /**
   * What stands against the plan of an update now.
   *
   * @return empty when the plan still holds
   */
  public List<Phrase> changesOfUpdate(
      ResourceGraph before,
      PlacementPolicy policyBefore,
      ResourceGraph graph,
      PlacementPolicy policy,
      FederationSnapshot federation,
      Standing standing,
      Set<String> anew,
      Placement.Placed placed) {
    return changesOfLeaving(
        before, policyBefore, graph, policy, federation, standing, anew, Leaving.NONE, placed);
  }

  /**
   * The same for one that leaves places.
   *
   * @param leaving what is left, and what stays there by the plan
   */
  List<Phrase> changesOfLeaving(
      ResourceGraph before,
      PlacementPolicy policyBefore,
      ResourceGraph graph,
      PlacementPolicy policy,
      FederationSnapshot federation,
      Standing standing,
      Set<String> anew,
      Leaving leaving,
      Placement.Placed placed) {
    FederationSnapshot seen =
        leaving.isNone() ? federation : UnseenRegions.shown(federation, before, standing.parts());
    return updating(
            before,
            policyBefore,
            graph,
            policy,
            seen.closing(leaving.left()),
            standing,
            anew,
            leaving)
        .changes(placed);
  }

  private Updating updating(
      ResourceGraph before,
      PlacementPolicy policyBefore,
      ResourceGraph graph,
      PlacementPolicy policy,
      FederationSnapshot federation,
      Standing standing,
      Set<String> anew,
      Leaving leaving) {
    Units units = new Units(new GraphIndex(graph), policy);
    Survey survey = new Survey(units, federation, policy.preferences(), distances);
    return new Updating(
        new Units(new GraphIndex(before), policyBefore), units, survey, standing, anew, leaving);
  }

  /**
   * What stands against a plan now: places that rules exclude, quotas that do not suffice any more,
   * names that mean something else.
   *
   * @return empty when the plan still holds
   */
  public List<Phrase> changes(
      ResourceGraph graph,
      PlacementPolicy policy,
      FederationSnapshot federation,
      Placement.Placed placed) {
    GraphIndex index = new GraphIndex(graph);
    Units units = new Units(index, policy);
    Survey survey = new Survey(units, federation, policy.preferences(), distances);
    return new Recheck(units, survey, placed).changes();
  }

  /** Where each resource lies, stretched ones in every region in which something needs them. */
  static Map<Integer, List<Place>> regions(Survey survey, Arrangement arrangement) {
    Map<Integer, Set<Place>> found = new HashMap<>();
    for (int u = 0; u < arrangement.at.length; u++) {
      if (arrangement.at[u] != Arrangement.NOWHERE) {
        Place region = survey.problem.candidates.get(arrangement.at[u]).place().regionOnly();
        survey.share(u, arrangement.at[u]).present().stream()
            .forEach(node -> found.computeIfAbsent(node, none -> new TreeSet<>()).add(region));
      }
    }
    Map<Integer, List<Place>> regions = new HashMap<>();
    found.forEach((node, places) -> regions.put(node, List.copyOf(places)));
    return regions;
  }

  static List<Decision> decisions(
      Units units,
      Survey survey,
      Arrangement arrangement,
      Map<Integer, List<Place>> regions,
      Explanation explanation) {
    Map<Integer, Set<String>> neededBy = new HashMap<>();
    Map<String, Decision> placed = new HashMap<>();
    for (int u = 0; u < units.units.size(); u++) {
      PlacementUnit unit = units.units.get(u);
      if (arrangement.at[u] == Arrangement.NOWHERE || unit.members().isEmpty()) {
        continue;
      }
      explanation.decisions(u).forEach(decision -> placed.put(decision.resource(), decision));
      String name = units.graph.nodes.get(unit.members().get(0)).path();
      survey.share(u, arrangement.at[u]).present().stream()
          .forEach(node -> neededBy.computeIfAbsent(node, none -> new LinkedHashSet<>()).add(name));
    }
    List<Decision> decisions = new ArrayList<>();
    for (int node = 0; node < units.graph.nodes.size(); node++) {
      Decision decision = placed.get(units.graph.nodes.get(node).path());
      if (decision != null && regions.containsKey(node)) {
        decisions.add(decision);
      } else if (units.graph.isStretched(node) && regions.containsKey(node)) {
        decisions.add(
            explanation.stretched(
                node, regions.get(node), List.copyOf(neededBy.getOrDefault(node, Set.of()))));
      }
    }
    return decisions;
  }

  private static List<Phrase> reasons(
      Units units,
      Survey survey,
      List<Integer> nowhere,
      List<Integer> open,
      Arranger.Result result) {
    List<Phrase> reasons = new ArrayList<>();
    if (!nowhere.isEmpty()) {
      reasons.add(Phrase.of("placement.reason.nowhere", names(units, nowhere)));
    }
    if (result.stuck().isEmpty()) {
      return reasons;
    }
    Problem problem = survey.problem;
    Set<Phrase> spread = new LinkedHashSet<>();
    for (int unit : result.stuck()) {
      PlacementUnit it = problem.units.get(unit);
      for (int c = 0; c < problem.constraints.size(); c++) {
        SpreadConstraint constraint = problem.constraints.get(c);
        int profile = problem.profileOf[c][it.kind()];
        if (it.weights()[c] > 0 && constraint.hard() && problem.floorIsZero(c, profile)) {
          int constraintNumber = c;
          spread.add(
              Phrase.of(
                  "placement.reason.too-few-domains-"
                      + constraint.across().text().replace('_', '-'),
                  units.constraintRules.get(c).name(),
                  constraint.minDomains(),
                  problem.profiles[c][profile].length,
                  IntStream.of(problem.profiles[c][profile])
                      .mapToObj(d -> problem.domains.get(constraintNumber).get(d))
                      .sorted()
                      .collect(Collectors.joining(", "))));
        }
      }
    }
    reasons.addAll(spread);
    List<Phrase> shortages = new Shortage(units, survey).of(open);
    reasons.addAll(shortages);
    if (shortages.isEmpty()) {
      reasons.add(
          Phrase.of(
              result.exhausted() ? "placement.reason.impossible" : "placement.reason.not-found",
              names(units, result.stuck())));
    }
    return reasons;
  }

  private static Object names(Units units, List<Integer> some) {
    return Phrase.names(
        some.stream()
            .map(units.units::get)
            .map(
                unit ->
                    unit.members().isEmpty() ? unit.closure().nextSetBit(0) : unit.members().get(0))
            .map(node -> units.graph.nodes.get(node).path())
            .toList(),
        MOST_NAMED);
  }

  /** What a rule does without, once for each site and reason. */
  static List<Phrase> leftOut(Units units, Survey survey, Arrangement arrangement) {
    Map<String, Map<Phrase, List<String>>> bySite = new TreeMap<>();
    for (int u = 0; u < arrangement.at.length; u++) {
      Site site = survey.sites.get(survey.problem.candidates.get(arrangement.at[u]).site());
      survey
          .share(u, arrangement.at[u])
          .leftOut()
          .forEach(
              (node, why) ->
                  bySite
                      .computeIfAbsent(
                          site.cloud().name() + " / " + site.label(), none -> new LinkedHashMap<>())
                      .computeIfAbsent(why, none -> new ArrayList<>())
                      .add(units.graph.nodes.get(node).path()));
    }
    List<Phrase> remarks = new ArrayList<>();
    bySite.forEach(
        (site, reasons) ->
            reasons.forEach(
                (why, paths) ->
                    remarks.add(
                        Phrase.of(
                            "placement.left-out", Phrase.names(paths, MOST_NAMED), site, why))));
    return remarks;
  }

  /** A quota that a region does not tell is not the same as none, for who takes something of it. */
  private static List<Phrase> unknownQuotas(Survey survey, Arrangement arrangement) {
    List<Phrase> remarks = new ArrayList<>();
    for (int s = 0; s < survey.sites.size(); s++) {
      if (arrangement.unitsAt[s] == 0) {
        continue;
      }
      Site site = survey.sites.get(s);
      List<LimitKind> unknown =
          Amounts.byKind(arrangement.taken(s)).keySet().stream()
              .filter(kind -> !site.region().orElseThrow().limits().containsKey(kind))
              .toList();
      if (!unknown.isEmpty()) {
        remarks.add(
            Phrase.of(
                "placement.quota.not-told",
                site.cloud().name() + "/" + site.label(),
                LimitKind.names(unknown)));
      }
    }
    return remarks;
  }
}
