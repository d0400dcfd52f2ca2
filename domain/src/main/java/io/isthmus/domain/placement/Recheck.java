package io.isthmus.domain.placement;

import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.ResourceNode;
import jakarta.json.JsonValue;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts a plan into the federation as it is now, and says what does not hold any more. */
final class Recheck {

  private final Units units;
  private final Survey survey;
  private final Map<String, Decision> decisions = new HashMap<>();
  private final Set<Phrase> changes = new LinkedHashSet<>();

  Recheck(Units units, Survey survey, Placement.Placed placed) {
    this.units = units;
    this.survey = survey;
    placed.decisions().forEach(decision -> decisions.put(decision.resource(), decision));
    Arrangement arrangement = new Arrangement(survey.problem);
    for (int u = 0; u < units.units.size(); u++) {
      put(u, arrangement);
    }
    survey.exceeded(arrangement).forEach(changes::add);
    if (changes.isEmpty() && !arrangement.holds()) {
      changes.add(Phrase.of("placement.plan.refused"));
    }
    if (changes.isEmpty()) {
      Map<PartId, PlannedPart> parts = new HashMap<>();
      placed.parts().forEach(part -> parts.put(part.id(), part));
      parts.values().stream().sorted((a, b) -> a.id().compareTo(b.id())).forEach(this::compare);
    }
  }

  List<Phrase> changes() {
    return List.copyOf(changes);
  }

  private void put(int unit, Arrangement arrangement) {
    PlacementUnit it = units.units.get(unit);
    Optional<Place> place = place(it);
    Optional<Integer> candidate =
        place.flatMap(
            wanted ->
                Arrays.stream(survey.candidates(it.kind()))
                    .filter(c -> survey.problem.candidates.get(c).place().equals(wanted))
                    .boxed()
                    .findFirst());
    if (candidate.isEmpty()) {
      changes.add(
          Phrase.of("placement.plan.place-gone", place.map(Place::toString).orElse(""), name(it)));
      return;
    }
    int site = survey.problem.candidates.get(candidate.get()).site();
    List<RuleRefusal> refusals = survey.refusals(it.kind(), site);
    if (!refusals.isEmpty()) {
      refusals.forEach(refusal -> changes.add(refusal.reason()));
      return;
    }
    int tooFar = arrangement.tooFar(unit, candidate.get());
    if (tooFar >= 0) {
      int other = arrangement.neighbours.farthest(tooFar, it.kind(), site);
      changes.add(survey.nearness.tooFar(tooFar, site, other).reason());
      return;
    }
    arrangement.put(unit, candidate.get());
    survey
        .share(unit, candidate.get())
        .leftOut()
        .forEach(
            (node, why) -> {
              if (decisions.containsKey(units.graph.nodes.get(node).path())) {
                changes.add(why);
              }
            });
  }

  /** The place that tells the unit's candidate: its server's, its volume's, else its region. */
  private Optional<Place> place(PlacementUnit unit) {
    String zonedType =
        switch (units.demands.get(unit.kind()).zoned()) {
          case COMPUTE -> "OS::Nova::Server";
          case VOLUME -> "OS::Cinder::Volume";
          case NOT -> "";
        };
    List<Integer> members =
        unit.members().isEmpty() ? unit.closure().stream().boxed().toList() : unit.members();
    return members.stream()
        .map(units.graph.nodes::get)
        .filter(node -> zonedType.isEmpty() || node.type().name().equals(zonedType))
        .map(ResourceNode::path)
        .map(decisions::get)
        .filter(decision -> decision != null && !decision.chosen().isEmpty())
        .map(decision -> decision.chosen().get(0))
        .map(place -> zonedType.isEmpty() ? place.regionOnly() : place)
        .findFirst();
  }

  private String name(PlacementUnit unit) {
    int node = unit.members().isEmpty() ? unit.closure().nextSetBit(0) : unit.members().get(0);
    return units.graph.nodes.get(node).path();
  }

  /** What a name means in a place must still be what the plan says. */
  private void compare(PlannedPart part) {
    Optional<Integer> node = units.graph.find(part.id().resource());
    Optional<Site> site =
        survey.sites.stream()
            .filter(
                known ->
                    known.cloud().id().equals(part.id().cloud())
                        && known.region().isPresent()
                        && known.region().get().region().equals(part.id().region()))
            .findFirst();
    if (node.isEmpty() || site.isEmpty()) {
      changes.add(Phrase.of("placement.plan.place-gone", part.id().place(), part.id().resource()));
      return;
    }
    Map<String, JsonValue> planned =
        part.resolutions().stream()
            .collect(
                Collectors.toMap(Resolution::property, Resolution::value, (first, more) -> first));
    for (Resolution now : Parts.resolve(units, survey.catalog, node.get(), site.get())) {
      if (!now.value().equals(planned.get(now.property()))) {
        changes.add(
            Phrase.of(
                "placement.plan.meaning-changed",
                part.id().resource(),
                now.property(),
                part.id().region()));
      }
    }
  }
}
