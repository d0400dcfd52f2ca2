package io.isthmus.domain.placement;

import io.isthmus.domain.cloud.Latency;
import io.isthmus.domain.language.Phrase;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** How far the examined regions are from one another, and what affinities say of it. */
final class Nearness {

  final Affinities affinities;
  private final List<Site> sites;
  private final Units units;
  private final Distances distances;

  Nearness(Units units, List<Site> sites, Distances distances) {
    this.distances = distances;
    this.units = units;
    this.sites = sites;
    int count = units.affinities.size();
    boolean[][] isOf = new boolean[count][units.demands.size()];
    boolean[][] isTo = new boolean[count][units.demands.size()];
    for (int a = 0; a < count; a++) {
      for (int k = 0; k < units.demands.size(); k++) {
        isOf[a][k] = units.sides.get(k).get(a).of();
        isTo[a][k] = units.sides.get(k).get(a).to();
      }
    }
    affinities = new Affinities(units.affinities, units.affinityRules, isOf, isTo, distances);
  }

  /**
   * Why nothing of a kind can be at a site, whatever the rest of the plan: no place that the other
   * side can take is near enough.
   *
   * @param eligible by kind: sites that it can take as far as is known
   */
  Optional<RuleRefusal> refusal(int kind, int site, boolean[][] eligible) {
    for (int a = 0; a < affinities.size(); a++) {
      for (int other = 0; other < eligible.length; other++) {
        boolean asOf = affinities.isOf()[a][kind] && affinities.isTo()[a][other];
        boolean asTo = affinities.isTo()[a][kind] && affinities.isOf()[a][other];
        if (asOf && !reaches(a, site, eligible[other], true)
            || asTo && !reaches(a, site, eligible[other], false)) {
          return Optional.of(nowhereNear(a, site, other, eligible[other]));
        }
      }
    }
    return Optional.empty();
  }

  /** Whether some site is near enough; a side without any site is not to blame on nearness. */
  private boolean reaches(int affinity, int site, boolean[] others, boolean isOf) {
    int[] open = IntStream.range(0, others.length).filter(o -> others[o]).toArray();
    return open.length == 0
        || IntStream.of(open)
            .anyMatch(
                o ->
                    isOf
                        ? affinities.allows(affinity, site, o)
                        : affinities.allows(affinity, o, site));
  }

  private RuleRefusal nowhereNear(int affinity, int site, int other, boolean[] others) {
    String rule = affinities.rules().get(affinity).name();
    int most = affinities.all().get(affinity).maxLatencyMs().orElseThrow();
    int nearest = -1;
    for (int o = 0; o < others.length; o++) {
      double distance = distances.milliseconds(site, o);
      if (others[o]
          && !Double.isNaN(distance)
          && (nearest < 0 || distance < distances.milliseconds(site, nearest))) {
        nearest = o;
      }
    }
    String name = name(affinity, other);
    Phrase why =
        nearest < 0
            ? Phrase.of("placement.affinity.not-known", sites.get(site).label(), name, rule, most)
            : Phrase.of(
                "placement.affinity.nowhere-near-by",
                sites.get(site).label(),
                name,
                rule,
                most,
                sites.get(nearest).label(),
                told(site, nearest));
    return RuleRefusal.byRule(rule, why);
  }

  /** Why a site is too far from where something is in the plan. */
  RuleRefusal tooFar(int affinity, int site, int other) {
    PolicyRule rule = affinities.rules().get(affinity);
    int most = affinities.all().get(affinity).maxLatencyMs().orElseThrow();
    double distance = distances.milliseconds(site, other);
    Phrase why =
        Double.isNaN(distance)
            ? Phrase.of(
                "placement.affinity.not-known-here",
                sites.get(site).label(),
                sites.get(other).label(),
                rule.name(),
                most)
            : Phrase.of(
                "placement.affinity.too-far-by",
                sites.get(site).label(),
                sites.get(other).label(),
                rule.name(),
                most,
                told(site, other));
    return RuleRefusal.byRule(rule.name(), why);
  }

  /** How near something is to what a rule wants it near to. */
  Phrase near(int affinity, int site, int other) {
    String rule = affinities.rules().get(affinity).name();
    if (site == other) {
      return Phrase.of("placement.why.near-same-region", rule, sites.get(site).label());
    }
    double distance = distances.milliseconds(site, other);
    return Double.isNaN(distance)
        ? Phrase.of(
            "placement.why.near-not-known", rule, sites.get(site).label(), sites.get(other).label())
        : Phrase.of(
            "placement.why.near-by",
            rule,
            sites.get(site).label(),
            sites.get(other).label(),
            told(site, other));
  }

  /** A distance that is known, with where it is known from. */
  private Phrase told(int from, int to) {
    return distances.latency(from, to).map(Latency::told).orElseThrow();
  }

  /** What of the other side a person would call it by. */
  private String name(int affinity, int kind) {
    Affinity rule = affinities.all().get(affinity);
    return units.units.stream()
        .filter(unit -> unit.kind() == kind)
        .flatMap(unit -> unit.members().stream())
        .map(units.graph.nodes::get)
        .filter(node -> rule.isOf(node) || rule.isTo(node))
        .findFirst()
        .orElseThrow()
        .path();
  }
}
