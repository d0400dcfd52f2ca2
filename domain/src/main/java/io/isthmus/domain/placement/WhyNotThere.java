package io.isthmus.domain.placement;

import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.language.Phrase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says why a unit is nowhere else. */
final class WhyNotThere {

  private static final int MOST_NAMED = 8;

  private final Units units;
  private final Survey survey;
  private final Problem problem;
  private final Arrangement arrangement;
  private final Merits merits;
  private final Map<Choice, List<Exclusion>> exclusions = new HashMap<>();

  WhyNotThere(Units units, Survey survey, Arrangement arrangement) {
    this.units = units;
    this.survey = survey;
    this.problem = survey.problem;
    this.arrangement = arrangement;
    this.merits = new Merits(problem, arrangement);
  }

  /** What speaks against all other places; found once for all units of a kind at a place. */
  List<Exclusion> notChosen(int unit) {
    Choice choice = Choice.of(unit, problem, arrangement);
    List<Exclusion> known = exclusions.get(choice);
    if (known == null) {
      known = findNotChosen(unit, choice);
      exclusions.put(choice, known);
    }
    return known;
  }

  private List<Exclusion> findNotChosen(int unit, Choice choice) {
    boolean placed = arrangement.at[unit] != Arrangement.NOWHERE;
    int home = arrangement.at[unit];
    if (placed) {
      arrangement.remove(unit);
    }
    List<Exclusion> found = new ArrayList<>();
    int[] candidates = survey.candidates(choice.kind());
    Against against = new Against(unit, home);
    int next = 0;
    for (int s = 0; s < survey.sites.size(); s++) {
      Site site = survey.sites.get(s);
      Optional<String> region = site.region().map(known -> known.region());
      List<RuleRefusal> refusals = survey.refusals(choice.kind(), s);
      int first = next;
      while (next < candidates.length && problem.candidates.get(candidates[next]).site() == s) {
        next++;
      }
      if (!refusals.isEmpty()) {
        found.add(
            new Exclusion(site.cloud().id(), region, Optional.empty(), refusals, Optional.empty()));
        continue;
      }
      List<Exclusion> zones = new ArrayList<>();
      boolean chosenHere = false;
      for (int i = first; i < next; i++) {
        if (candidates[i] == home) {
          chosenHere = true;
        } else {
          zones.add(zone(candidates[i], against));
        }
      }
      found.addAll(chosenHere ? zones : Exclusions.merged(zones));
    }
    if (placed) {
      arrangement.put(unit, home);
    }
    return Exclusions.collapsed(found, survey.regionsOf);
  }

  private Exclusion zone(int candidate, Against against) {
    Place place = problem.candidates.get(candidate).place();
    Optional<RuleRefusal> refusal =
        survey
            .zoneRefusal(against.it.kind(), candidate)
            .or(() -> refusedNow(against.unit, candidate));
    boolean hard = refusal.isPresent();
    return new Exclusion(
        place.cloud(),
        Optional.of(place.region()),
        place.availabilityZone(),
        hard ? List.of(refusal.get()) : List.of(),
        hard ? Optional.empty() : Optional.of(against.outweighed(candidate)));
  }

  /** Why a place that no filter refuses cannot be taken with the rest as it is. */
  private Optional<RuleRefusal> refusedNow(int unit, int candidate) {
    int broken = arrangement.broken(unit, candidate);
    if (broken >= 0) {
      SpreadConstraint spread = problem.constraints.get(broken);
      PlacementUnit it = problem.units.get(unit);
      int domain = problem.domainOf[broken][candidate];
      String rule = units.constraintRules.get(broken).name();
      int profile = problem.profileOf[broken][it.kind()];
      String key =
          problem.floorIsZero(broken, profile)
              ? "placement.spread.too-few-domains"
              : "placement.spread.too-full";
      return Optional.of(
          RuleRefusal.byRule(
              rule,
              Phrase.of(
                  key,
                  rule,
                  problem.domains.get(broken).get(domain),
                  arrangement.counts[broken][domain] + it.weights()[broken],
                  arrangement.minimum[broken][profile],
                  spread.maxSkew(),
                  problem.profiles[broken][profile].length,
                  spread.minDomains())));
    }
    int tooFar = arrangement.tooFar(unit, candidate);
    if (tooFar >= 0) {
      int site = problem.candidates.get(candidate).site();
      int other = arrangement.neighbours.farthest(tooFar, problem.units.get(unit).kind(), site);
      return Optional.of(survey.nearness.tooFar(tooFar, site, other));
    }
    return arrangement
        .lacking(unit, candidate)
        .map(quota -> RuleRefusal.of(Hindrance.QUOTA, survey.usedByTheRest(quota)));
  }

  /** What speaks for a unit's place against others, while the unit itself is nowhere. */
  private final class Against {
    private final int unit;
    private final PlacementUnit it;
    private final int home;
    private final int homeSite;
    private final Optional<Merits.Home> merit;

    /** By site: the words for all of its zones that no spread speaks against. */
    private final Map<Integer, Phrase> bySite = new HashMap<>();

    Against(int unit, int home) {
      this.unit = unit;
      this.home = home;
      it = problem.units.get(unit);
      boolean placed = home != Arrangement.NOWHERE;
      homeSite = placed ? problem.candidates.get(home).site() : Arrangement.NOWHERE;
      merit = placed ? Optional.of(merits.home(it.kind(), homeSite)) : Optional.empty();
    }

    Phrase outweighed(int candidate) {
      if (home == Arrangement.NOWHERE) {
        return Phrase.of("placement.outweighed.search");
      }
      for (int c = 0; c < problem.constraints.size(); c++) {
        int there = problem.domainOf[c][candidate];
        int here = problem.domainOf[c][home];
        if (it.weights()[c] > 0
            && there >= 0
            && here >= 0
            && arrangement.counts[c][there] > arrangement.counts[c][here]) {
          return Phrase.of(
              "placement.outweighed.spread",
              units.constraintRules.get(c).name(),
              problem.domains.get(c).get(there));
        }
      }
      return bySite.computeIfAbsent(problem.candidates.get(candidate).site(), this::bySite);
    }

    private Phrase bySite(int site) {
      if (site == homeSite) {
        return Phrase.of("placement.outweighed.zone");
      }
      return merit
          .flatMap(here -> here.decisive(site))
          .map(decisive -> words(decisive, it.kind(), site, homeSite))
          .orElseGet(() -> Phrase.of("placement.outweighed.equal"));
    }
  }

  private Phrase words(Merits.Merit merit, int kind, int site, int homeSite) {
    return switch (merit) {
      case NEARNESS -> Phrase.of("placement.outweighed.farther");
      case PRICE -> problem.suitability.dearer(kind, site, homeSite);
      case PEOPLE -> problem.suitability.farther(site, homeSite);
      case PARTS -> moreParts(kind, site, homeSite);
      case COMPANY -> Phrase.of("placement.outweighed.away");
      case HEADROOM -> lessRoom(kind, site, homeSite);
    };
  }

  /** What would have to be made there and is at home already. */
  private Phrase moreParts(int kind, int site, int homeSite) {
    List<String> names =
        Arrays.stream(merits.missing(kind, site))
            .filter(node -> arrangement.presence[homeSite][node] > 0)
            .mapToObj(node -> units.graph.nodes.get(node).path())
            .toList();
    return Phrase.of("placement.outweighed.more-parts", Phrase.names(names, MOST_NAMED));
  }

  /** What is scarcer than at home, beside the rest of the stack. */
  private Phrase lessRoom(int kind, int site, int homeSite) {
    Headroom headroom = problem.headroom;
    Headroom.Scarcest there = headroom.scarcest(kind, site, arrangement.left[site]).orElseThrow();
    return headroom
        .scarcest(kind, homeSite, arrangement.left[homeSite])
        .map(here -> there.lessThan(here, survey.sites.get(homeSite).label()))
        .orElseGet(() -> Phrase.of("placement.outweighed.limited", there.words()));
  }
}
