package io.isthmus.domain.placement;

import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.network.AddressPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds another place for the units of which something was refused, while all others stay where
 * they are. Places that refused a resource are none for all units that ask the same.
 */
final class Relocating {

  private final GraphIndex index;
  private final Units units;
  private final Survey survey;
  private final Standing standing;
  private final Map<PartId, PlannedPart> parts = new HashMap<>();
  private final Map<Integer, Set<Place>> regionsOf = new HashMap<>();

  /** By unit: the candidate that it has now. */
  private final Map<Integer, Integer> home = new HashMap<>();

  private final Set<Integer> moving = new TreeSet<>();

  Relocating(GraphIndex index, Units units, Survey survey, Standing standing) {
    this.index = index;
    this.units = units;
    this.survey = survey;
    this.standing = standing;
    for (PlannedPart part : standing.parts()) {
      parts.put(part.id(), part);
      index
          .find(part.id().resource())
          .ifPresent(
              node ->
                  regionsOf.computeIfAbsent(node, none -> new TreeSet<>()).add(part.id().place()));
    }
  }

  Relocation relocate(List<Weigher> weighers, AddressPlan addresses) {
    for (int u = 0; u < units.units.size(); u++) {
      OptionalInt candidate = homeOf(units.units.get(u));
      if (candidate.isEmpty()) {
        // It stands where nothing is known any more; without it no rule can be checked.
        return new Relocation.Stays();
      }
      home.put(u, candidate.getAsInt());
      if (isRefused(units.units.get(u), candidate.getAsInt())) {
        moving.add(u);
      }
    }
    if (moving.isEmpty() || moving.stream().anyMatch(this::isKept)) {
      return new Relocation.Stays();
    }
    refuse();
    List<Integer> open = new ArrayList<>();
    List<Integer> nowhere = new ArrayList<>();
    for (int unit : moving) {
      boolean eligible = survey.problem.eligible[units.units.get(unit).kind()].length > 0;
      (eligible ? open : nowhere).add(unit);
    }
    Arranger.Result result =
        new Arranger(survey.problem, weighers).arrange(open, this::putWhatStays);
    Arrangement arrangement = result.arrangement();
    if (!nowhere.isEmpty() || !result.stuck().isEmpty()) {
      Placement.Unplaced unplaced =
          Planner.unplaced(units, survey, nowhere, open, result, List.of(), List.of());
      return new Relocation.NoPlaceLeft(unplaced, isForLackOfRoom(unplaced));
    }
    Map<Integer, List<Place>> regions = Planner.regions(survey, arrangement);
    Addressing addressing =
        Addressing.again(index, regions, addresses, Addressing.standing(index, parts.values()));
    if (!addressing.failures.isEmpty()) {
      return new Relocation.NoPlaceLeft(
          new Placement.Unplaced(List.of(), addressing.failures, List.of()), false);
    }
    return moved(new Parts(units, survey, arrangement, regions, addressing), addressing);
  }

  /** Whether clouds said nothing but that they are full, and no rule keeps any place out. */
  private boolean isForLackOfRoom(Placement.Unplaced unplaced) {
    return standing.refusals().stream().allMatch(refusal -> refusal.code() == FaultCode.CLOUD_FULL)
        && unplaced.unplaced().stream()
            .flatMap(decision -> decision.notChosen().stream())
            .flatMap(exclusion -> exclusion.refusals().stream())
            .noneMatch(refusal -> refusal.hindrance() == Hindrance.POLICY);
  }

  /** The candidate that a unit's parts show. */
  private OptionalInt homeOf(PlacementUnit unit) {
    Demand.Zoned zoned = units.demands.get(unit.kind()).zoned();
    String zonedType =
        switch (zoned) {
          case COMPUTE -> "OS::Nova::Server";
          case VOLUME -> "OS::Cinder::Volume";
          case NOT -> "";
        };
    Optional<Place> place =
        unit.members().isEmpty()
            ? common(unit.closure())
            : unit.members().stream()
                .filter(
                    node ->
                        zonedType.isEmpty()
                            || index.nodes.get(node).type().name().equals(zonedType))
                .flatMap(
                    node ->
                        regionsOf.getOrDefault(node, Set.of()).stream().map(at -> zoned(node, at)))
                .findFirst();
    return place.stream()
        .flatMapToInt(
            at ->
                Arrays.stream(survey.candidates(unit.kind()))
                    .filter(c -> isAt(survey.problem.candidates.get(c).place(), at, zoned)))
        .findFirst();
  }

  private static boolean isAt(Place candidate, Place at, Demand.Zoned zoned) {
    return zoned == Demand.Zoned.NOT
        ? candidate.regionOnly().equals(at.regionOnly())
        : candidate.equals(at);
  }

  private Place zoned(int node, Place region) {
    PlannedPart part =
        parts.get(new PartId(index.nodes.get(node).path(), region.cloud(), region.region()));
    return part.availabilityZone()
        .map(zone -> Place.inZone(region.cloud(), region.region(), zone))
        .orElse(region);
  }

  /** A region in which all of some stretched resources are. */
  private Optional<Place> common(BitSet nodes) {
    Set<Place> common = new TreeSet<>();
    nodes.stream().limit(1).forEach(node -> common.addAll(regionsOf.getOrDefault(node, Set.of())));
    nodes.stream().forEach(node -> common.retainAll(regionsOf.getOrDefault(node, Set.of())));
    return common.stream().findFirst();
  }

  private Place region(int candidate) {
    return survey.problem.candidates.get(candidate).place().regionOnly();
  }

  private List<PartId> partsOf(PlacementUnit unit, Place region, boolean withClosure) {
    BitSet nodes = new BitSet();
    unit.members().forEach(nodes::set);
    if (withClosure) {
      nodes.or(unit.closure());
    }
    return nodes.stream()
        .mapToObj(node -> new PartId(index.nodes.get(node).path(), region.cloud(), region.region()))
        .toList();
  }

  private boolean isRefused(PlacementUnit unit, int candidate) {
    return Standing.meet(partsOf(unit, region(candidate), true), standing.failed());
  }

  private boolean isKept(int unit) {
    return Standing.meet(
        partsOf(units.units.get(unit), region(home.get(unit)), true), standing.kept());
  }

  /** Takes the places that refused away, and counts those where something stays all the same. */
  private void refuse() {
    for (Refusal refusal : standing.refusals()) {
      index
          .find(refusal.resource())
          .ifPresent(
              node ->
                  units.units.stream()
                      .filter(unit -> unit.members().contains(node) || unit.closure().get(node))
                      .map(PlacementUnit::kind)
                      .distinct()
                      .forEach(kind -> survey.refuse(kind, refusal)));
    }
    Map<Integer, BitSet> occupied = new HashMap<>();
    home.forEach(
        (unit, candidate) -> {
          if (!moving.contains(unit)) {
            occupied
                .computeIfAbsent(units.units.get(unit).kind(), none -> new BitSet())
                .set(candidate);
          }
        });
    survey.narrow(occupied);
  }

  private void putWhatStays(Arrangement arrangement) {
    home.forEach(
        (unit, candidate) -> {
          if (!moving.contains(unit)) {
            boolean begun =
                Standing.meet(
                    partsOf(units.units.get(unit), region(candidate), false), standing.begun());
            arrangement.stay(unit, candidate, !begun);
            if (begun) {
              // What was begun is in the quotas, or reserved; what was not is neither.
              partsOf(units.units.get(unit), region(candidate), false).stream()
                  .filter(id -> parts.containsKey(id) && !standing.begun().contains(id))
                  .forEach(id -> arrangement.take(candidate, parts.get(id).counts()));
            }
          }
        });
  }

  private Relocation moved(Parts planned, Addressing addressing) {
    Map<PartId, PlannedPart> wanted = new HashMap<>();
    List<PlannedPart> added = new ArrayList<>();
    for (PlannedPart part : planned.inOrder()) {
      wanted.put(part.id(), part);
      if (!parts.containsKey(part.id())) {
        added.add(part);
      }
    }
    Set<PartId> removed = new LinkedHashSet<>(parts.keySet());
    removed.removeAll(wanted.keySet());
    // Where only the zone changes the part's id stays: the old one goes, a new one comes.
    for (int unit : moving) {
      for (PartId id : partsOf(units.units.get(unit), region(home.get(unit)), false)) {
        if (parts.containsKey(id) && wanted.containsKey(id) && removed.add(id)) {
          added.add(wanted.get(id));
        }
      }
    }
    Map<PartId, Set<PartId>> requires = new HashMap<>();
    for (PlannedPart part : parts.values()) {
      if (removed.contains(part.id())) {
        continue;
      }
      if (standing.begun().contains(part.id())) {
        if (Standing.meet(part.requires(), removed)) {
          // It was made with what is known of a part that would go.
          return new Relocation.Stays();
        }
      } else if (!part.requires().equals(wanted.get(part.id()).requires())) {
        requires.put(part.id(), wanted.get(part.id()).requires());
      }
    }
    if (Standing.meet(removed, standing.kept())) {
      return new Relocation.Stays();
    }
    Set<PartId> fresh = new HashSet<>(added.stream().map(PlannedPart::id).toList());
    return new Relocation.Moved(
        planned.inOrder().stream().filter(part -> fresh.contains(part.id())).toList(),
        removed,
        requires,
        addressing.fresh);
  }

  /** Why a place that refused is none any more. */
  static RuleRefusal words(Refusal refusal) {
    return RuleRefusal.of(
        Hindrance.REFUSED,
        Phrase.of("placement.again.refused", refusal.resource(), refusal.reason()));
  }
}
