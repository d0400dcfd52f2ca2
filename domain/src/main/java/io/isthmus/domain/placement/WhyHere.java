package io.isthmus.domain.placement;

import io.isthmus.domain.language.Phrase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Says why a unit is where it is. */
final class WhyHere {

  private static final int MOST_NAMED = 8;

  private final Units units;
  private final Survey survey;
  private final Problem problem;
  private final Arrangement arrangement;
  private final Merits merits;
  private final Map<Choice, List<Phrase>> reasons = new HashMap<>();

  WhyHere(Units units, Survey survey, Arrangement arrangement) {
    this.units = units;
    this.survey = survey;
    this.problem = survey.problem;
    this.arrangement = arrangement;
    this.merits = new Merits(problem, arrangement);
  }

  /** The reasons for the unit's place; found once for all units of a kind at a place. */
  List<Phrase> why(int unit) {
    Choice choice = Choice.of(unit, problem, arrangement);
    List<Phrase> known = reasons.get(choice);
    if (known == null) {
      known = findWhy(unit, choice);
      reasons.put(choice, known);
    }
    return known;
  }

  private List<Phrase> findWhy(int unit, Choice choice) {
    PlacementUnit it = problem.units.get(unit);
    Candidate candidate = problem.candidates.get(choice.candidate());
    Site site = survey.sites.get(candidate.site());
    List<Phrase> why = new ArrayList<>();
    List<Phrase> spread = new ArrayList<>();
    for (int c = 0; c < problem.constraints.size(); c++) {
      if (it.weights()[c] > 0 && problem.domainOf[c][choice.candidate()] >= 0) {
        spread.add(distribution(c));
      }
    }
    long regions =
        Arrays.stream(problem.eligible[choice.kind()])
            .map(c -> problem.candidates.get(c).site())
            .distinct()
            .count();
    if (regions == 1) {
      why.add(Phrase.of("placement.why.only", site.label(), site.cloud().name()));
    } else if (!spread.isEmpty()) {
      why.addAll(spread);
      spread = List.of();
    } else {
      why.add(best(unit, choice, site, regions));
      problem.headroom.notCompared(it.kind()).ifPresent(why::add);
    }
    why.addAll(spread);
    for (int a = 0; a < problem.affinities.size(); a++) {
      int other = arrangement.neighbours.other(a, it.kind(), candidate.site());
      if (other >= 0) {
        why.add(survey.nearness.near(a, candidate.site(), other));
      }
    }
    why.addAll(problem.suitability.why(it.kind(), candidate.site()));
    for (PolicyRule rule : units.demands.get(it.kind()).rules()) {
      if (!rule.residency().jurisdictions().isEmpty()) {
        why.add(
            Phrase.of(
                "placement.why.residency",
                site.label(),
                Phrase.countries(List.of(site.facts().country().orElse(""))),
                rule.name()));
      }
      if (!rule.residency().operatorsNotExposedTo().isEmpty()) {
        why.add(
            Phrase.of(
                "placement.why.exposure",
                site.cloud().facts().operator().name(),
                Phrase.countries(rule.residency().operatorsNotExposedTo()),
                rule.name()));
      }
      if (!rule.clouds().anyOf().isEmpty()) {
        why.add(Phrase.of("placement.why.clouds", site.cloud().name(), rule.name()));
      }
      if (rule.needs().leavesOut()) {
        continue;
      }
      if (!rule.needs().capabilities().isEmpty()) {
        why.add(
            Phrase.of(
                "placement.why.capabilities",
                site.label(),
                rule.needs().capabilities().stream()
                    .map(Capability::word)
                    .collect(Collectors.joining(", ")),
                rule.name()));
      }
      if (!rule.needs().certifications().isEmpty()) {
        why.add(
            Phrase.of(
                "placement.why.certifications",
                site.cloud().name(),
                String.join(", ", rule.needs().certifications()),
                rule.name()));
      }
    }
    return why;
  }

  /** What decided among the regions that can take it beside the rest of the stack. */
  private Phrase best(int unit, Choice choice, Site site, long regions) {
    int at = problem.candidates.get(choice.candidate()).site();
    arrangement.remove(unit);
    List<Integer> others =
        Arrays.stream(problem.eligible[choice.kind()])
            .filter(candidate -> isOpen(unit, candidate))
            .map(candidate -> problem.candidates.get(candidate).site())
            .filter(other -> other != at)
            .distinct()
            .boxed()
            .toList();
    Phrase best =
        others.isEmpty()
            ? Phrase.of("placement.why.only-left", site.label(), site.cloud().name(), regions)
            : best(choice.kind(), at, others, site, regions);
    arrangement.put(unit, choice.candidate());
    return best;
  }

  private boolean isOpen(int unit, int candidate) {
    return arrangement.fits(unit, candidate)
        && arrangement.tooFar(unit, candidate) < 0
        && arrangement.broken(unit, candidate) < 0;
  }

  private Phrase best(int kind, int at, List<Integer> others, Site site, long regions) {
    Object[] where = {site.label(), site.cloud().name(), regions};
    Optional<Merits.Merit> decisive = merits.best(kind, at, others);
    if (decisive.isEmpty()) {
      Merits.Home home = merits.home(kind, at);
      boolean equal = others.stream().noneMatch(it -> home.decisive(it).isPresent());
      return Phrase.of(equal ? "placement.why.as-good" : "placement.why.on-balance", where);
    }
    return switch (decisive.get()) {
      case NEARNESS -> Phrase.of("placement.why.closest", where);
      case PRICE -> problem.suitability.cheapest(kind, at, where);
      case PEOPLE -> problem.suitability.nearest(at, where);
      case PARTS ->
          Phrase.of(
              "placement.why.parts-there", where[0], where[1], where[2], alreadyThere(kind, at));
      case COMPANY -> Phrase.of("placement.why.near", where);
      case HEADROOM ->
          problem
              .headroom
              .scarcest(kind, at, arrangement.left[at])
              .map(
                  least ->
                      Phrase.of(
                          "placement.why.most-left", where[0], where[1], where[2], least.words()))
              .orElseGet(() -> Phrase.of("placement.why.no-limit", where));
    };
  }

  private Object alreadyThere(int kind, int site) {
    List<String> names =
        Arrays.stream(problem.closures[kind])
            .filter(node -> arrangement.presence[site][node] > 0)
            .mapToObj(node -> units.graph.nodes.get(node).path())
            .toList();
    return Phrase.names(names, MOST_NAMED);
  }

  /** “web …”: 1 in alpha, 2 in beta. */
  private Phrase distribution(int constraint) {
    Map<String, Integer> counts = new TreeMap<>();
    for (int d = 0; d < arrangement.counts[constraint].length; d++) {
      if (arrangement.counts[constraint][d] > 0) {
        counts.put(problem.domains.get(constraint).get(d), arrangement.counts[constraint][d]);
      }
    }
    List<String> shown =
        counts.entrySet().stream().map(each -> each.getKey() + " × " + each.getValue()).toList();
    SpreadConstraint spread = problem.constraints.get(constraint);
    return Phrase.of(
        (arrangement.excess(constraint) == 0
                ? "placement.why.spread-"
                : "placement.why.spread-missed-")
            + spread.across().text().replace('_', '-'),
        units.constraintRules.get(constraint).name(),
        Phrase.names(shown, MOST_NAMED));
  }
}
