package io.isthmus.domain.placement;

import io.isthmus.domain.cloud.ClosedArea;
import io.isthmus.domain.cloud.FederationSnapshot;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.network.AddressPlan;
import io.isthmus.domain.template.DeletionPolicy;
import io.isthmus.domain.template.ResourceNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Places a stack that is there already: what stands stays where it is as long as the policy allows
 * it, what is new is placed around it, and as little as possible moves.
 *
 * <p>What a policy says of a place is heeded for all; what a catalog or service lacks only for what
 * asks for something else than before; that a cloud is silent, closed or full keeps nothing from
 * staying.
 */
final class Updating {

  /** How often another set of units is tried for those that must move for the rest. */
  private static final int MOST_ATTEMPTS = 300;

  /** The same for what leaves places, which is asked for many stacks. */
  private static final int MOST_ATTEMPTS_LEAVING = 30;

  private static final String SERVER = "OS::Nova::Server";
  private static final String VOLUME = "OS::Cinder::Volume";

  private static final Set<Hindrance> OF_CATALOGS =
      Set.of(
          Hindrance.SERVICE,
          Hindrance.FLAVOR,
          Hindrance.IMAGE,
          Hindrance.NETWORK,
          Hindrance.VOLUME_TYPE,
          Hindrance.ZONE);

  private final Units before;
  private final Units units;
  private final GraphIndex index;
  private final Survey survey;
  private final Problem problem;
  private final Standing standing;
  private final Set<String> anew;
  private final Leaving away;
  private final Map<PartId, PlannedPart> parts = new LinkedHashMap<>();

  /** By node: the regions in which it stands. */
  private final Map<Integer, Set<Place>> regionsOf = new HashMap<>();

  /** By unit that stands: the candidate that it has now. */
  private final Map<Integer, Integer> home = new TreeMap<>();

  /** By unit that stands and cannot stay: why. */
  private final Map<Integer, Phrase> leaving = new TreeMap<>();

  /** Units in a place that is left, of which nothing is known there: where. */
  private final Map<Integer, Place> lost = new TreeMap<>();

  /** Units in a place that is left which stay there for what they hold: the resource, where. */
  private final Map<Integer, Stateful> stateful = new TreeMap<>();

  private record Stateful(String resource, Place place) {}

  /** Units that stand where nothing is known. */
  private final Map<Integer, Place> unseen = new TreeMap<>();

  /** By part that stays or comes to what stays: what it takes of quotas more than now. */
  private final Map<PartId, Map<LimitKind, Long>> growths = new HashMap<>();

  private int attempts;
  private final int mostAttempts;

  /**
   * @param before what the stack is, with the policy that it has
   * @param units what it shall be
   * @param standing its parts; of the failed ones the places are not theirs for good
   * @param anew resources that are there and of which a new generation is made beside the old one
   * @param away places that are left; the survey knows them as closed
   */
  Updating(
      Units before, Units units, Survey survey, Standing standing, Set<String> anew, Leaving away) {
    this.before = before;
    this.units = units;
    this.index = units.graph;
    this.survey = survey;
    this.problem = survey.problem;
    this.standing = standing;
    this.anew = anew;
    this.away = away;
    mostAttempts = away.isNone() ? MOST_ATTEMPTS : MOST_ATTEMPTS_LEAVING;
    for (PlannedPart part : standing.parts()) {
      Optional<Integer> node =
          index
              .find(part.id().resource())
              .filter(found -> index.nodes.get(found).type().name().equals(part.type()));
      if (node.isPresent()) {
        parts.put(part.id(), part);
        regionsOf.computeIfAbsent(node.get(), none -> new TreeSet<>()).add(part.id().place());
      }
    }
    for (int u = 0; u < units.units.size(); u++) {
      settle(u, placeOf(units.units.get(u), parts.keySet(), this::zoneOf));
    }
    refuse();
    tolerate();
  }

  Placement place(List<Weigher> weighers, AddressPlan addresses, FederationSnapshot federation) {
    List<Integer> open = new ArrayList<>();
    List<Integer> nowhere = new ArrayList<>();
    for (int u = 0; u < units.units.size(); u++) {
      if (!home.containsKey(u) || leaving.containsKey(u)) {
        boolean eligible = problem.eligible[units.units.get(u).kind()].length > 0;
        (eligible && !unseen.containsKey(u) ? open : nowhere).add(u);
      }
    }
    Set<Integer> stays = new TreeSet<>(home.keySet());
    stays.removeAll(leaving.keySet());
    Attempt attempt = attempt(weighers, open, stays);
    if (nowhere.isEmpty() && !attempt.holds()) {
      attempt = withFewestMoves(weighers, open, stays, attempt);
    }
    Arrangement arrangement = attempt.result().arrangement();
    if (!nowhere.isEmpty() || !attempt.holds()) {
      return unplaced(nowhere, open, attempt);
    }
    Map<Integer, List<Place>> regions = Planner.regions(survey, arrangement);
    Addressing addressing = addressing(regions, addresses);
    if (!addressing.failures.isEmpty()) {
      return Planner.unplaced(
          units, survey, List.of(), open, attempt.result(), addressing.failures, List.of());
    }
    List<PlannedPart> planned =
        keepWhatStands(
            new Parts(units, survey, arrangement, regions, addressing).inOrder(), attempt.stays());
    List<Phrase> remarks = new ArrayList<>(addressing.remarks);
    remarks.addAll(Planner.leftOut(units, survey, arrangement));
    return new Placement.Placed(
        planned,
        new Wiring(addressing.segments, remarks),
        decisions(arrangement, regions, attempt.stays()),
        Estimate.of(planned, federation));
  }

  /** The parts of a resource stand in zones. */
  private Optional<String> zoneOf(PartId id) {
    return parts.get(id).availabilityZone();
  }

  /**
   * Where most of a unit is: its servers decide, then its volumes, then all else.
   *
   * @param there parts with places
   */
  private Optional<Place> placeOf(
      PlacementUnit unit, Set<PartId> there, Function<PartId, Optional<String>> zone) {
    Map<Place, Integer> votes = new TreeMap<>();
    Collection<Integer> nodes =
        unit.members().isEmpty() ? unit.closure().stream().boxed().toList() : unit.members();
    for (int node : nodes) {
      String path = index.nodes.get(node).path();
      for (Site site : survey.sites) {
        site.region()
            .map(region -> new PartId(path, site.cloud().id(), region.region()))
            .filter(there::contains)
            .ifPresent(id -> votes.merge(spot(node, id, unit, zone), weight(node), Integer::sum));
      }
      // A region that is not known any more is in no site.
      regionsOf.getOrDefault(node, Set.of()).stream()
          .map(at -> new PartId(path, at.cloud(), at.region()))
          .filter(id -> there == parts.keySet() && siteOf(id.place()).isEmpty())
          .forEach(id -> votes.merge(id.place(), weight(node), Integer::sum));
    }
    return votes.entrySet().stream()
        .max(
            Map.Entry.<Place, Integer>comparingByValue()
                .thenComparing(Map.Entry.<Place, Integer>comparingByKey().reversed()))
        .map(Map.Entry::getKey);
  }

  private int weight(int node) {
    return switch (index.nodes.get(node).type().name()) {
      case SERVER -> 1_000_000;
      case VOLUME -> 1_000;
      default -> 1;
    };
  }

  private Place spot(
      int node, PartId id, PlacementUnit unit, Function<PartId, Optional<String>> zone) {
    String zoned =
        switch (units.demands.get(unit.kind()).zoned()) {
          case COMPUTE -> SERVER;
          case VOLUME -> VOLUME;
          case NOT -> "";
        };
    return index.nodes.get(node).type().name().equals(zoned)
        ? zone.apply(id).map(name -> Place.inZone(id.cloud(), id.region(), name)).orElse(id.place())
        : id.place();
  }

  private OptionalInt siteOf(Place place) {
    for (int s = 0; s < survey.sites.size(); s++) {
      Site site = survey.sites.get(s);
      if (site.cloud().id().equals(place.cloud())
          && site.region().filter(at -> at.region().equals(place.region())).isPresent()) {
        return OptionalInt.of(s);
      }
    }
    return OptionalInt.empty();
  }

  /** The candidate that a place is, else any in the same region: a zone may have another name. */
  private OptionalInt candidate(PlacementUnit unit, Place place) {
    OptionalInt inRegion = OptionalInt.empty();
    for (int c : survey.candidates(unit.kind())) {
      Place at = problem.candidates.get(c).place();
      if (at.equals(place)) {
        return OptionalInt.of(c);
      }
      if (inRegion.isEmpty() && at.regionOnly().equals(place.regionOnly())) {
        inRegion = OptionalInt.of(c);
      }
    }
    return inRegion;
  }

  private void settle(int unit, Optional<Place> place) {
    if (place.isEmpty()) {
      return;
    }
    PlacementUnit it = units.units.get(unit);
    OptionalInt candidate = candidate(it, place.get());
    Optional<ClosedArea> left = away.of(place.get());
    boolean stays = isToStay(unit, place.get(), left.isPresent());
    if (candidate.isEmpty()) {
      if (left.isPresent() && !stays) {
        lost.put(unit, place.get());
        leaving.put(unit, left.get().reason());
      } else if (refusalOfCloud(it, place.get()).isEmpty()) {
        unseen.put(unit, place.get());
      }
      return;
    }
    home.put(unit, candidate.getAsInt());
    if (stays) {
      return;
    }
    left.map(ClosedArea::reason)
        .or(() -> whyLeave(it, candidate.getAsInt()))
        .ifPresent(why -> leaving.put(unit, why));
  }

  /** Whether a unit stays where it is while places are left, be it in one of them or not. */
  private boolean isToStay(int unit, Place place, boolean left) {
    if (away.isNone()) {
      return false;
    }
    List<String> paths = paths(unit);
    if (left && paths.stream().anyMatch(away.held()::contains)) {
      return true;
    }
    if (!mayLeave(unit, left)) {
      return true;
    }
    Optional<String> state = away.withState() ? Optional.empty() : state(unit, place.regionOnly());
    if (left && state.isPresent()) {
      stateful.put(unit, new Stateful(state.get(), place));
    }
    return state.isPresent();
  }

  /**
   * Whether it may leave, which where only some servers do, only they may, with what hangs on them.
   */
  private boolean mayLeave(int unit, boolean left) {
    if (away.movers().isEmpty()) {
      return true;
    }
    List<String> servers =
        nodes(unit)
            .filter(node -> index.nodes.get(node).type().name().equals(SERVER))
            .mapToObj(node -> index.nodes.get(node).path())
            .toList();
    return left && !servers.isEmpty() && away.movers().get().containsAll(servers);
  }

  /** What of a unit holds data where it stands. */
  private Optional<String> state(int unit, Place region) {
    return nodes(unit)
        .filter(node -> stands(node, region) && holdsState(index.nodes.get(node)))
        .mapToObj(node -> index.nodes.get(node).path())
        .findFirst();
  }

  static boolean holdsState(ResourceNode node) {
    return node.type().name().equals(VOLUME)
        || node.deletionPolicy() != DeletionPolicy.DELETE
        || node.type().name().equals(SERVER)
            && (node.gives("block_device_mapping") || node.gives("block_device_mapping_v2"));
  }

  /** Its members, or what it is made of when it has none. */
  private IntStream nodes(int unit) {
    PlacementUnit it = units.units.get(unit);
    return it.members().isEmpty()
        ? it.closure().stream()
        : it.members().stream().mapToInt(Integer::intValue);
  }

  private List<String> paths(int unit) {
    return nodes(unit).mapToObj(node -> index.nodes.get(node).path()).toList();
  }

  /** What stays in places that are left because it holds data, or is with what does. */
  List<Leaving.Held> heldForState() {
    List<Leaving.Held> held = new ArrayList<>();
    stateful.forEach(
        (unit, what) ->
            nodes(unit)
                .mapToObj(index.nodes::get)
                .forEach(
                    node ->
                        held.add(
                            new Leaving.Held(
                                node.path(),
                                node.type().name(),
                                what.place(),
                                true,
                                List.of(
                                    node.path().equals(what.resource())
                                        ? Phrase.of("placement.leaving.holds-data", node.path())
                                        : Phrase.of(
                                            "placement.leaving.with-data",
                                            node.path(),
                                            what.resource())),
                                List.of()))));
    return held;
  }

  /**
   * What has to leave a place that is left and cannot.
   *
   * @param unplaced what came of trying
   * @param all everything that would have to leave, since no part of it alone is the matter
   */
  List<Leaving.Held> heldFor(Placement.Unplaced unplaced, boolean all) {
    Map<String, Decision> decided = new HashMap<>();
    unplaced.unplaced().forEach(decision -> decided.put(decision.resource(), decision));
    List<Leaving.Held> held = new ArrayList<>();
    for (int unit : leaving.keySet()) {
      Optional<Place> from =
          Optional.ofNullable(home.get(unit))
              .map(candidate -> problem.candidates.get(candidate).place())
              .or(() -> Optional.ofNullable(lost.get(unit)))
              .filter(place -> away.of(place).isPresent());
      List<String> paths = paths(unit);
      if (from.isEmpty() || !all && paths.stream().noneMatch(decided::containsKey)) {
        continue;
      }
      for (String path : paths) {
        Optional<Decision> decision = Optional.ofNullable(decided.get(path));
        held.add(
            new Leaving.Held(
                path,
                index.nodes.get(index.find(path).orElseThrow()).type().name(),
                from.get(),
                false,
                why(decision, unplaced),
                decision.map(Decision::notChosen).orElse(List.of())));
      }
    }
    return held;
  }

  private static List<Phrase> why(Optional<Decision> decision, Placement.Unplaced unplaced) {
    List<Phrase> why = new ArrayList<>(decision.map(Decision::why).orElse(List.of()));
    why.addAll(unplaced.reasons());
    return why;
  }

  /** A rule may take away what stands in a cloud of which nothing is known. */
  private Optional<RuleRefusal> refusalOfCloud(PlacementUnit unit, Place place) {
    for (int s = 0; s < survey.sites.size(); s++) {
      if (survey.sites.get(s).cloud().id().equals(place.cloud())) {
        Optional<RuleRefusal> rule =
            survey.refusals(unit.kind(), s).stream()
                .filter(refusal -> refusal.hindrance() == Hindrance.POLICY)
                .findFirst();
        if (rule.isPresent()) {
          return rule;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Phrase> whyLeave(PlacementUnit unit, int candidate) {
    int site = problem.candidates.get(candidate).site();
    Place region = problem.candidates.get(candidate).place().regionOnly();
    boolean asksElse = asksElse(unit, region);
    Optional<Phrase> refused =
        survey.refusals(unit.kind(), site).stream()
            .filter(
                refusal ->
                    refusal.hindrance() == Hindrance.POLICY
                        || asksElse && OF_CATALOGS.contains(refusal.hindrance()))
            .map(RuleRefusal::reason)
            .findFirst();
    if (refused.isEmpty() && asksElse) {
      refused = survey.zoneRefusal(unit.kind(), candidate).map(RuleRefusal::reason);
    }
    if (refused.isEmpty()) {
      // Of what a place refused nothing is there yet.
      boolean failed = Standing.meet(partsOf(unit, region), standing.failed());
      boolean kept = Standing.meet(partsOf(unit, region), standing.kept());
      refused =
          failed && !kept
              ? standing.refusals().stream()
                  .filter(refusal -> refusal.place().regionOnly().equals(region))
                  .filter(refusal -> isOf(unit, refusal.resource()))
                  .map(refusal -> Relocating.words(refusal).reason())
                  .findFirst()
              : Optional.empty();
    }
    return refused;
  }

  private boolean isOf(PlacementUnit unit, String resource) {
    return index
        .find(resource)
        .filter(node -> unit.members().contains(node) || unit.closure().get(node))
        .isPresent();
  }

  /** Whether something of a unit asks a catalog for something else than what stands there does. */
  private boolean asksElse(PlacementUnit unit, Place region) {
    BitSet nodes = (BitSet) unit.closure().clone();
    unit.members().forEach(nodes::set);
    return nodes.stream().anyMatch(node -> !stands(node, region) || !asksTheSame(node));
  }

  private boolean stands(int node, Place region) {
    return regionsOf.getOrDefault(node, Set.of()).contains(region);
  }

  private boolean asksTheSame(int node) {
    Optional<Integer> was = before.graph.find(index.nodes.get(node).path());
    return was.isPresent()
        && before.uses(was.get()).equals(units.uses(node))
        && before.server(was.get()).equals(units.server(node));
  }

  private List<PartId> partsOf(PlacementUnit unit, Place region) {
    BitSet nodes = (BitSet) unit.closure().clone();
    unit.members().forEach(nodes::set);
    return nodes.stream().mapToObj(node -> id(node, region)).filter(parts::containsKey).toList();
  }

  private PartId id(int node, Place region) {
    return new PartId(index.nodes.get(node).path(), region.cloud(), region.region());
  }

  /**
   * Places that refused lately are none for what comes; those where something is count all the
   * same.
   */
  private void refuse() {
    for (Refusal refusal : standing.refusals()) {
      units.units.stream()
          .filter(unit -> isOf(unit, refusal.resource()))
          .map(PlacementUnit::kind)
          .distinct()
          .forEach(kind -> survey.refuse(kind, refusal));
    }
    Map<Integer, BitSet> occupied = new HashMap<>();
    home.forEach(
        (unit, candidate) -> {
          if (!leaving.containsKey(unit)) {
            occupied
                .computeIfAbsent(units.units.get(unit).kind(), none -> new BitSet())
                .set(candidate);
          }
        });
    survey.narrow(occupied);
  }

  /**
   * What a rule that the stack has already does not hold of what stands, since clouds come and go,
   * is no reason to move anything.
   */
  private void tolerate() {
    Arrangement now = new Arrangement(problem);
    home.forEach((unit, candidate) -> now.stay(unit, candidate, false));
    problem.tolerated = new int[problem.constraints.size()];
    for (int c = 0; c < problem.tolerated.length; c++) {
      if (isAskedAsBefore(c)) {
        problem.tolerated[c] = now.excess(c);
      }
    }
  }

  private boolean isAskedAsBefore(int constraint) {
    PolicyRule rule = units.constraintRules.get(constraint);
    SpreadConstraint asked = units.constraints.get(constraint);
    for (int c = 0; c < before.constraints.size(); c++) {
      PolicyRule old = before.constraintRules.get(c);
      if (old.name().equals(rule.name())
          && old.match().equals(rule.match())
          && before.constraints.get(c).equals(asked)) {
        return true;
      }
    }
    return false;
  }

  private boolean isAskedAsBefore(PolicyRule rule) {
    return before.affinityRules.stream()
        .anyMatch(old -> old.name().equals(rule.name()) && old.affinity().equals(rule.affinity()));
  }

  /**
   * What came of a try.
   *
   * @param stays units that are where they were
   */
  private record Attempt(Arranger.Result result, Set<Integer> stays, boolean holds) {}

  private Attempt attempt(List<Weigher> weighers, List<Integer> open, Set<Integer> stays) {
    attempts++;
    List<Integer> loose = new ArrayList<>(open);
    home.keySet().stream()
        .filter(unit -> !stays.contains(unit) && !leaving.containsKey(unit))
        .filter(unit -> problem.eligible[units.units.get(unit).kind()].length > 0)
        .forEach(loose::add);
    Arranger.Result result =
        new Arranger(problem, weighers).arrange(loose, arrangement -> stand(arrangement, stays));
    boolean whole =
        home.keySet().stream().allMatch(unit -> stays.contains(unit) || loose.contains(unit));
    boolean holds =
        whole
            && result.stuck().isEmpty()
            && result.arrangement().holds()
            && areNear(stays)
            && hasRoom(stays);
    return new Attempt(result, Set.copyOf(stays), holds);
  }

  private void stand(Arrangement arrangement, Set<Integer> stays) {
    Set<PartId> seen = new HashSet<>();
    for (int unit : stays) {
      int candidate = home.get(unit);
      arrangement.stay(unit, candidate, false);
      arrangement.take(candidate, more(unit, candidate, seen));
    }
  }

  /**
   * What staying takes of quotas beside what is in them already: what is new, larger or doubled.
   */
  private Map<LimitKind, Long> more(int unit, int candidate, Set<PartId> seen) {
    Site site = survey.sites.get(problem.candidates.get(candidate).site());
    Place region = problem.candidates.get(candidate).place().regionOnly();
    Map<LimitKind, Long> more = new EnumMap<>(LimitKind.class);
    survey.share(unit, candidate).present().stream()
        .filter(node -> seen.add(id(node, region)))
        .forEach(
            node ->
                growths
                    .computeIfAbsent(id(node, region), id -> growth(node, id, site))
                    .forEach((kind, amount) -> more.merge(kind, amount, Long::sum)));
    return more;
  }

  private Map<LimitKind, Long> growth(int node, PartId id, Site site) {
    PlannedPart old = parts.get(id);
    boolean doubled = old != null && anew.contains(id.resource());
    if (old != null && !doubled && isAsBefore(node)) {
      return Map.of();
    }
    Map<LimitKind, Long> had = old == null || doubled ? Map.of() : old.counts();
    Map<LimitKind, Long> growth = new EnumMap<>(LimitKind.class);
    Parts.counts(units, survey, node, site)
        .forEach(
            (kind, amount) -> {
              long more = amount - had.getOrDefault(kind, 0L);
              if (more > 0) {
                growth.put(kind, more);
              }
            });
    return growth;
  }

  /** Whether a node counts what it counted before. */
  private boolean isAsBefore(int node) {
    Optional<Integer> was = before.graph.find(index.nodes.get(node).path());
    return asksTheSame(node) && Arrays.equals(before.amounts[was.get()], units.amounts[node]);
  }

  private boolean hasRoom(Set<Integer> stays) {
    Arrangement alone = new Arrangement(problem);
    stand(alone, stays);
    for (int pool = 0; pool < alone.left.length; pool++) {
      for (int kind = 0; kind < alone.left[pool].length; kind++) {
        long left = alone.left[pool][kind];
        if (left < 0 && left < problem.left[pool][kind]) {
          return false;
        }
      }
    }
    return true;
  }

  /** Whether nothing that stays is too far from what else does, by a rule that is new. */
  private boolean areNear(Set<Integer> stays) {
    Arrangement alone = new Arrangement(problem);
    for (int unit : stays) {
      int site = problem.candidates.get(home.get(unit)).site();
      int kind = units.units.get(unit).kind();
      for (int a = 0; a < problem.affinities.size(); a++) {
        if (problem.affinities.all().get(a).hard()
            && !isAskedAsBefore(problem.affinities.rules().get(a))
            && alone.neighbours.farthest(a, kind, site) >= 0) {
          return false;
        }
      }
      alone.stay(unit, home.get(unit), false);
    }
    return true;
  }

  /**
   * Lets go of as few units as it takes, those first that hold nothing. Units of one kind at one
   * place are alike. Sets are tried by their size; when there are too many, all are let go and as
   * many as possible are put back.
   */
  private Attempt withFewestMoves(
      List<Weigher> weighers, List<Integer> open, Set<Integer> stays, Attempt first) {
    Map<List<Integer>, List<Integer>> alike = new LinkedHashMap<>();
    List<Integer> order = new ArrayList<>(stays);
    order.removeIf(this::isFixed);
    order.sort(
        (one, other) -> {
          int byKept = Boolean.compare(isKept(one), isKept(other));
          // The last of a group goes first.
          return byKept != 0 ? byKept : Integer.compare(other, one);
        });
    for (int unit : order) {
      alike
          .computeIfAbsent(
              List.of(units.units.get(unit).kind(), home.get(unit), isKept(unit) ? 1 : 0),
              none -> new ArrayList<>())
          .add(unit);
    }
    List<List<Integer>> classes = new ArrayList<>(alike.values());
    for (int size = 1; size <= order.size() && attempts < mostAttempts; size++) {
      Optional<Attempt> found = letGo(weighers, open, new TreeSet<>(stays), classes, 0, size);
      if (found.isPresent()) {
        return found.get();
      }
    }
    Set<Integer> back = new TreeSet<>(stays);
    order.forEach(back::remove);
    Attempt best = attempt(weighers, open, back);
    if (!best.holds()) {
      return first;
    }
    for (int i = order.size() - 1; i >= 0 && attempts < 2 * mostAttempts; i--) {
      back.add(order.get(i));
      Attempt more = attempt(weighers, open, back);
      if (more.holds()) {
        best = more;
      } else {
        back.remove(order.get(i));
      }
    }
    return best;
  }

  private Optional<Attempt> letGo(
      List<Weigher> weighers,
      List<Integer> open,
      Set<Integer> stays,
      List<List<Integer>> classes,
      int from,
      int size) {
    if (size == 0) {
      if (attempts >= mostAttempts) {
        return Optional.empty();
      }
      Attempt attempt = attempt(weighers, open, stays);
      return attempt.holds() ? Optional.of(attempt) : Optional.empty();
    }
    if (from == classes.size()) {
      return Optional.empty();
    }
    List<Integer> group = classes.get(from);
    for (int here = Math.min(size, group.size()); here >= 0; here--) {
      Set<Integer> left = new TreeSet<>(stays);
      left.removeAll(group.subList(0, here));
      Optional<Attempt> found = letGo(weighers, open, left, classes, from + 1, size - here);
      if (found.isPresent() || attempts >= mostAttempts) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** What holds data is not moved for the sake of what leaves a place. */
  private boolean isFixed(int unit) {
    return !away.isNone()
        && (away.movers().isPresent()
            || !away.withState()
                && state(unit, problem.candidates.get(home.get(unit)).place().regionOnly())
                    .isPresent()
            || paths(unit).stream().anyMatch(away.held()::contains));
  }

  private boolean isKept(int unit) {
    Place region = problem.candidates.get(home.get(unit)).place().regionOnly();
    return Standing.meet(partsOf(units.units.get(unit), region), standing.kept());
  }

  private Placement unplaced(List<Integer> nowhere, List<Integer> open, Attempt attempt) {
    List<Phrase> reasons = new ArrayList<>();
    unseen.forEach(
        (unit, place) -> reasons.add(Phrase.of("placement.update.not-seen", name(unit), place)));
    if (nowhere.isEmpty() && attempt.result().stuck().isEmpty()) {
      Arrangement alone = new Arrangement(problem);
      stand(alone, attempt.stays());
      List<Phrase> exceeded = survey.exceeded(alone);
      reasons.addAll(
          exceeded.isEmpty() ? List.of(Phrase.of("placement.update.impossible")) : exceeded);
    }
    return Planner.unplaced(units, survey, nowhere, open, attempt.result(), reasons, List.of());
  }

  private String name(int unit) {
    PlacementUnit it = units.units.get(unit);
    int node = it.members().isEmpty() ? it.closure().nextSetBit(0) : it.members().get(0);
    return index.nodes.get(node).path();
  }

  private Addressing addressing(Map<Integer, List<Place>> regions, AddressPlan addresses) {
    return Addressing.update(
        index,
        regions,
        addresses,
        Addressing.standing(before.graph, standing.parts()),
        before.graph);
  }

  /**
   * What stays keeps what names mean to it, its zone and what it counts, unless it asks for else.
   */
  private List<PlannedPart> keepWhatStands(List<PlannedPart> planned, Set<Integer> stays) {
    Set<Integer> pinned = new HashSet<>();
    stays.forEach(unit -> pinned.addAll(units.units.get(unit).members()));
    return planned.stream()
        .map(
            fresh -> {
              int node = index.find(fresh.id().resource()).orElseThrow();
              PlannedPart old = parts.get(fresh.id());
              boolean stands = old != null && (index.isStretched(node) || pinned.contains(node));
              return stands ? keep(fresh, old, node) : fresh;
            })
        .toList();
  }

  private PlannedPart keep(PlannedPart fresh, PlannedPart old, int node) {
    Set<String> same = new HashSet<>();
    before
        .graph
        .find(fresh.id().resource())
        .ifPresent(
            was -> {
              Set<CatalogUse> known = new HashSet<>(before.uses(was));
              units.uses(node).stream()
                  .filter(known::contains)
                  .forEach(use -> same.add(use.property()));
            });
    boolean zoneStays = asksTheSameZone(node);
    if (zoneStays) {
      same.add("availability_zone");
    }
    if (standing.uncounted()) {
      same.retainAll(old.resolutions().stream().map(Resolution::property).toList());
    }
    List<Resolution> resolutions = new ArrayList<>();
    old.resolutions().stream()
        .filter(resolution -> same.contains(resolution.property()))
        .forEach(resolutions::add);
    fresh.resolutions().stream()
        .filter(resolution -> !same.contains(resolution.property()))
        .forEach(resolutions::add);
    boolean asBefore = isAsBefore(node) && !standing.uncounted();
    return new PlannedPart(
        fresh.id(),
        fresh.type(),
        zoneStays ? old.availabilityZone() : fresh.availabilityZone(),
        resolutions,
        fresh.requires(),
        asBefore ? old.counts() : fresh.counts(),
        asBefore ? old.measure() : fresh.measure(),
        fresh.failover());
  }

  private boolean asksTheSameZone(int node) {
    return before
        .graph
        .find(index.nodes.get(node).path())
        .filter(was -> zone(before.graph, was).equals(zone(index, node)))
        .isPresent();
  }

  private static Optional<Object> zone(GraphIndex graph, int node) {
    return Optional.ofNullable(graph.known[node].get("availability_zone"));
  }

  private List<Decision> decisions(
      Arrangement arrangement, Map<Integer, List<Place>> regions, Set<Integer> stays) {
    Map<String, Integer> unitOf = new HashMap<>();
    for (int u = 0; u < units.units.size(); u++) {
      for (int member : units.units.get(u).members()) {
        unitOf.put(index.nodes.get(member).path(), u);
      }
    }
    Explanation explanation = new Explanation(units, survey, arrangement);
    return Planner.decisions(units, survey, arrangement, regions, explanation).stream()
        .map(
            decision -> {
              Integer unit = unitOf.get(decision.resource());
              if (unit == null || !home.containsKey(unit) && !lost.containsKey(unit)) {
                return decision;
              }
              return stays.contains(unit) ? staying(decision) : moving(decision, unit);
            })
        .toList();
  }

  /**
   * Why something stands where it does was said when it was placed; what is left is that it stays.
   */
  private Decision staying(Decision decision) {
    ResourceNode node = index.nodes.get(index.find(decision.resource()).orElseThrow());
    Place at = decision.chosen().get(0);
    Phrase why =
        parts.containsKey(new PartId(node.path(), at.cloud(), at.region()))
            ? Phrase.of("placement.update.stays", at)
            : Phrase.of("placement.update.joins", at);
    return new Decision(
        decision.resource(),
        decision.chosen(),
        List.of(why),
        decision.notChosen().stream()
            .map(
                exclusion ->
                    exclusion.outweighed().isEmpty()
                        ? exclusion
                        : new Exclusion(
                            exclusion.cloud(),
                            exclusion.region(),
                            exclusion.availabilityZone(),
                            exclusion.refusals(),
                            Optional.of(Phrase.of("placement.update.would-move"))))
            .toList());
  }

  private Decision moving(Decision decision, int unit) {
    List<Phrase> why = new ArrayList<>();
    Place from =
        lost.containsKey(unit) ? lost.get(unit) : problem.candidates.get(home.get(unit)).place();
    if (leaving.containsKey(unit)) {
      why.add(Phrase.of("placement.update.moves", from, leaving.get(unit)));
    } else if (!decision.chosen().contains(from)) {
      why.add(Phrase.of("placement.update.moves-for-the-rest", from));
    }
    why.addAll(decision.why());
    return new Decision(decision.resource(), decision.chosen(), why, decision.notChosen());
  }

  /**
   * What stands against a plan of before now.
   *
   * @return empty when it still holds
   */
  List<Phrase> changes(Placement.Placed placed) {
    Map<PartId, PlannedPart> planned = new LinkedHashMap<>();
    placed.parts().forEach(part -> planned.put(part.id(), part));
    Set<Phrase> changes = new LinkedHashSet<>();
    Set<Integer> stays = new TreeSet<>();
    Map<Integer, Integer> comes = new TreeMap<>();
    for (int u = 0; u < units.units.size(); u++) {
      PlacementUnit unit = units.units.get(u);
      Optional<Place> place =
          placeOf(unit, planned.keySet(), id -> planned.get(id).availabilityZone());
      OptionalInt candidate = place.map(at -> candidate(unit, at)).orElse(OptionalInt.empty());
      if (candidate.isEmpty()) {
        changes.add(
            Phrase.of("placement.plan.place-gone", place.map(Place::toString).orElse(""), name(u)));
      } else if (home.getOrDefault(u, Arrangement.NOWHERE) == candidate.getAsInt()) {
        Optional.ofNullable(leaving.get(u)).ifPresent(changes::add);
        stays.add(u);
      } else {
        comes.put(u, candidate.getAsInt());
      }
    }
    if (!changes.isEmpty()) {
      return List.copyOf(changes);
    }
    Arrangement arrangement = new Arrangement(problem);
    stand(arrangement, stays);
    comes.forEach((unit, candidate) -> come(unit, candidate, arrangement, changes));
    if (changes.isEmpty()) {
      exceeded(arrangement).forEach(changes::add);
    }
    if (changes.isEmpty() && (!arrangement.holds() || !areNear(stays))) {
      changes.add(Phrase.of("placement.plan.refused"));
    }
    return List.copyOf(changes);
  }

  private void come(int unit, int candidate, Arrangement arrangement, Set<Phrase> changes) {
    int kind = units.units.get(unit).kind();
    int site = problem.candidates.get(candidate).site();
    List<RuleRefusal> refusals = survey.refusals(kind, site);
    refusals.forEach(refusal -> changes.add(refusal.reason()));
    if (refusals.isEmpty()) {
      int tooFar = arrangement.tooFar(unit, candidate);
      if (tooFar >= 0) {
        int other = arrangement.neighbours.farthest(tooFar, kind, site);
        changes.add(survey.nearness.tooFar(tooFar, site, other).reason());
      }
      arrangement.put(unit, candidate);
    }
  }

  /** As far as the update takes more than is left, not what lacks anyway. */
  private List<Phrase> exceeded(Arrangement arrangement) {
    for (int pool = 0; pool < arrangement.left.length; pool++) {
      for (int kind = 0; kind < arrangement.left[pool].length; kind++) {
        if (arrangement.left[pool][kind] == problem.left[pool][kind]) {
          arrangement.left[pool][kind] = Math.max(0, arrangement.left[pool][kind]);
        }
      }
    }
    return survey.exceeded(arrangement);
  }
}
