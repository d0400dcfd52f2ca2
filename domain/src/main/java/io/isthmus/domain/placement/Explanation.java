package io.isthmus.domain.placement;

import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.ResourceNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Says why each resource is where it is and nowhere else. */
final class Explanation {

  private record Chosen(int kind, int candidate) {}

  private final Units units;
  private final Survey survey;
  private final Problem problem;
  private final Arrangement arrangement;
  private final Map<Chosen, List<Exclusion>> exclusions = new HashMap<>();
  private final Map<Chosen, List<Phrase>> reasons = new HashMap<>();

  Explanation(Units units, Survey survey, Arrangement arrangement) {
    this.units = units;
    this.survey = survey;
    this.problem = survey.problem;
    this.arrangement = arrangement;
  }

  /** The decisions about a unit's placed members. */
  List<Decision> decisions(int unit) {
    PlacementUnit it = problem.units.get(unit);
    Candidate candidate = problem.candidates.get(arrangement.at[unit]);
    Chosen chosen = new Chosen(it.kind(), arrangement.at[unit]);
    List<Exclusion> notChosen = notChosen(unit, chosen);
    List<Phrase> why = why(unit, chosen);
    ResourceNode anchor = anchor(it);
    List<Decision> decisions = new ArrayList<>();
    for (int member : it.members()) {
      ResourceNode node = units.graph.nodes.get(member);
      Place place = zoneOf(node, candidate, survey.sites.get(candidate.site()));
      List<Phrase> words = why;
      if (node != anchor) {
        words = new ArrayList<>();
        words.add(Phrase.of("placement.why.together", anchor.path(), place.region()));
        words.addAll(why);
      }
      decisions.add(new Decision(node.path(), List.of(place), words, notChosen));
    }
    return decisions;
  }

  /** The decision about a stretched resource. */
  Decision stretched(int node, List<Place> regions, List<String> neededBy) {
    String path = units.graph.nodes.get(node).path();
    Phrase why;
    if (neededBy.isEmpty()) {
      why = Phrase.of("placement.why.unneeded", regions.get(0).region());
    } else {
      String names = String.join(", ", neededBy.subList(0, Math.min(4, neededBy.size())));
      why =
          neededBy.size() > 4
              ? Phrase.of("placement.why.stretched-more", names, neededBy.size() - 4)
              : Phrase.of("placement.why.stretched", names);
    }
    List<Exclusion> elsewhere = new ArrayList<>();
    Phrase unneeded = Phrase.of("placement.outweighed.not-needed", path);
    for (Site site : survey.sites) {
      Optional<String> region = site.region().map(known -> known.region());
      boolean taken =
          region.isPresent() && regions.contains(Place.inRegion(site.cloud().id(), region.get()));
      if (!taken) {
        elsewhere.add(
            new Exclusion(
                site.cloud().id(), region, Optional.empty(), List.of(), Optional.of(unneeded)));
      }
    }
    return new Decision(path, regions, List.of(why), collapsed(elsewhere));
  }

  /** The decisions about a unit that has no place. */
  List<Decision> unplaced(int unit) {
    PlacementUnit it = problem.units.get(unit);
    List<Exclusion> everywhere = notChosen(unit, new Chosen(it.kind(), Arrangement.NOWHERE));
    List<Integer> members = new ArrayList<>(it.members());
    if (members.isEmpty()) {
      it.closure().stream().forEach(members::add);
    }
    Phrase why =
        problem.eligible[it.kind()].length == 0
            ? Phrase.of("placement.why.nowhere")
            : Phrase.of("placement.why.not-with-the-rest");
    List<Decision> decisions = new ArrayList<>();
    for (int member : members) {
      decisions.add(
          new Decision(units.graph.nodes.get(member).path(), List.of(), List.of(why), everywhere));
    }
    return decisions;
  }

  private ResourceNode anchor(PlacementUnit unit) {
    List<ResourceNode> members = unit.members().stream().map(units.graph.nodes::get).toList();
    return members.stream()
        .filter(node -> node.type().name().equals("OS::Nova::Server"))
        .findFirst()
        .orElse(members.get(0));
  }

  /** Where exactly a resource of a unit lies; only servers and volumes have zones. */
  static Place zoneOf(ResourceNode node, Candidate candidate, Site site) {
    Place place = candidate.place();
    return switch (node.type().name()) {
      case "OS::Nova::Server" ->
          candidate.zoned() == Demand.Zoned.COMPUTE ? place : place.regionOnly();
      case "OS::Cinder::Volume" -> {
        Optional<String> zone = volumeZone(node, candidate, site);
        yield zone.map(z -> Place.inZone(place.cloud(), place.region(), z))
            .orElse(place.regionOnly());
      }
      default -> place.regionOnly();
    };
  }

  /**
   * The volume zone that goes with a server's zone: the one that is asked for, else the one of the
   * same name, else {@code nova}, OpenStack's default, else the first.
   */
  private static Optional<String> volumeZone(ResourceNode node, Candidate candidate, Site site) {
    if (candidate.zoned() == Demand.Zoned.VOLUME) {
      return candidate.place().availabilityZone();
    }
    List<String> zones = site.region().orElseThrow().volumeZones();
    if (node.knownProperties().get("availability_zone") instanceof jakarta.json.JsonString asked
        && zones.contains(asked.getString())) {
      return Optional.of(asked.getString());
    }
    Optional<String> compute = candidate.place().availabilityZone();
    if (compute.isPresent() && zones.contains(compute.get())) {
      return compute;
    }
    return zones.contains("nova") ? Optional.of("nova") : zones.stream().sorted().findFirst();
  }

  private List<Phrase> why(int unit, Chosen chosen) {
    List<Phrase> known = reasons.get(chosen);
    if (known == null) {
      known = findWhy(unit, chosen);
      reasons.put(chosen, known);
    }
    return known;
  }

  private List<Phrase> findWhy(int unit, Chosen chosen) {
    PlacementUnit it = problem.units.get(unit);
    Candidate candidate = problem.candidates.get(chosen.candidate());
    Site site = survey.sites.get(candidate.site());
    List<Phrase> why = new ArrayList<>();
    List<Phrase> spread = new ArrayList<>();
    for (int c = 0; c < problem.constraints.size(); c++) {
      if (it.weights()[c] > 0 && problem.domainOf[c][chosen.candidate()] >= 0) {
        spread.add(distribution(c));
      }
    }
    long regions =
        Arrays.stream(problem.eligible[chosen.kind()])
            .map(c -> problem.candidates.get(c).site())
            .distinct()
            .count();
    if (regions == 1) {
      why.add(Phrase.of("placement.why.only", site.label(), site.cloud().name()));
    } else if (!spread.isEmpty()) {
      why.addAll(spread);
      spread = List.of();
    } else if (arrangement.unitsAt[candidate.site()] > 1) {
      why.add(Phrase.of("placement.why.near", site.label(), site.cloud().name(), regions));
    } else {
      why.add(Phrase.of("placement.why.best", site.label(), site.cloud().name(), regions));
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

  /** “web …”: 1 in alpha, 2 in beta. */
  private Phrase distribution(int constraint) {
    Map<String, Integer> counts = new TreeMap<>();
    for (int d = 0; d < arrangement.counts[constraint].length; d++) {
      if (arrangement.counts[constraint][d] > 0) {
        counts.put(problem.domains.get(constraint).get(d), arrangement.counts[constraint][d]);
      }
    }
    StringBuilder shown = new StringBuilder();
    counts.entrySet().stream()
        .limit(8)
        .forEach(
            entry ->
                shown
                    .append(shown.length() == 0 ? "" : ", ")
                    .append(entry.getKey())
                    .append(" × ")
                    .append(entry.getValue()));
    if (counts.size() > 8) {
      shown.append(", …");
    }
    SpreadConstraint spread = problem.constraints.get(constraint);
    return Phrase.of(
        (arrangement.excess(constraint) == 0
                ? "placement.why.spread-"
                : "placement.why.spread-missed-")
            + spread.across().text().replace('_', '-'),
        units.constraintRules.get(constraint).name(),
        shown);
  }

  private List<Exclusion> notChosen(int unit, Chosen chosen) {
    List<Exclusion> known = exclusions.get(chosen);
    if (known == null) {
      known = findNotChosen(unit, chosen);
      exclusions.put(chosen, known);
    }
    return known;
  }

  private List<Exclusion> findNotChosen(int unit, Chosen chosen) {
    boolean placed = arrangement.at[unit] != Arrangement.NOWHERE;
    int home = arrangement.at[unit];
    long homeRoom = placed ? room(problem.candidates.get(home).site()) : 0;
    if (placed) {
      arrangement.remove(unit);
    }
    List<Exclusion> found = new ArrayList<>();
    int[] candidates = survey.candidates(chosen.kind()).toArray();
    int next = 0;
    for (int s = 0; s < survey.sites.size(); s++) {
      Site site = survey.sites.get(s);
      Optional<String> region = site.region().map(known -> known.region());
      List<RuleRefusal> refusals = survey.refusals(chosen.kind(), s);
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
          zones.add(zone(unit, candidates[i], home, homeRoom));
        }
      }
      found.addAll(chosenHere ? zones : merged(zones));
    }
    if (placed) {
      arrangement.put(unit, home);
    }
    return collapsed(found);
  }

  private Exclusion zone(int unit, int candidate, int home, long homeRoom) {
    Place place = problem.candidates.get(candidate).place();
    int kind = problem.units.get(unit).kind();
    Optional<RuleRefusal> refusal =
        survey.zoneRefusal(kind, candidate).or(() -> refusedNow(unit, candidate));
    boolean hard = refusal.isPresent();
    return new Exclusion(
        place.cloud(),
        Optional.of(place.region()),
        place.availabilityZone(),
        hard ? List.of(refusal.get()) : List.of(),
        hard ? Optional.empty() : Optional.of(outweighed(unit, candidate, home, homeRoom)));
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
          new RuleRefusal(
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
    int lacking = arrangement.lacking(unit, candidate);
    if (lacking >= 0) {
      return Optional.of(
          new RuleRefusal(
              "quota",
              Phrase.of(
                  "placement.quota.used-by-the-rest",
                  problem.candidates.get(candidate).place().region(),
                  LimitKind.values()[lacking].name().toLowerCase(java.util.Locale.ROOT))));
    }
    return Optional.empty();
  }

  private Phrase outweighed(int unit, int candidate, int home, long homeRoom) {
    if (home == Arrangement.NOWHERE) {
      return Phrase.of("placement.outweighed.search");
    }
    PlacementUnit it = problem.units.get(unit);
    int site = problem.candidates.get(candidate).site();
    int homeSite = problem.candidates.get(home).site();
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
    if (arrangement.neighbours.distance(it.kind(), site)
        > arrangement.neighbours.distance(it.kind(), homeSite)) {
      return Phrase.of("placement.outweighed.farther");
    }
    Optional<Phrase> lessSuited = problem.suitability.worse(it.kind(), site, homeSite);
    if (lessSuited.isPresent()) {
      return lessSuited.get();
    }
    if (missing(it, site) > missing(it, homeSite)) {
      return Phrase.of("placement.outweighed.parts", missing(it, site) - missing(it, homeSite));
    }
    if (site == homeSite) {
      return Phrase.of("placement.outweighed.zone");
    }
    if (arrangement.unitsAt[homeSite] > 0 && arrangement.unitsAt[site] == 0) {
      return Phrase.of("placement.outweighed.away");
    }
    return room(site) < homeRoom
        ? Phrase.of("placement.outweighed.room")
        : Phrase.of("placement.outweighed.equal");
  }

  private int missing(PlacementUnit unit, int site) {
    return (int)
        Arrays.stream(problem.closures[unit.kind()])
            .filter(node -> arrangement.presence[site][node] == 0)
            .count();
  }

  /** Per mille of the scarcest quota. */
  private long room(int site) {
    long least = 500;
    boolean known = false;
    for (int q = 0; q < problem.maxima[site].length; q++) {
      if (problem.maxima[site][q] > 0) {
        long share = problem.left[site][q] * 1000 / problem.maxima[site][q];
        least = known ? Math.min(least, share) : share;
        known = true;
      }
    }
    return least;
  }

  /** One exclusion for a region whose zones are all excluded for the same reasons. */
  private static List<Exclusion> merged(List<Exclusion> zones) {
    if (zones.isEmpty()) {
      return zones;
    }
    Exclusion first = zones.get(0);
    boolean alike =
        zones.stream()
            .allMatch(
                zone ->
                    zone.refusals().equals(first.refusals())
                        && zone.outweighed().equals(first.outweighed()));
    return alike
        ? List.of(
            new Exclusion(
                first.cloud(),
                first.region(),
                Optional.empty(),
                first.refusals(),
                first.outweighed()))
        : zones;
  }

  /** One exclusion for a cloud whose regions are all excluded for the same reasons. */
  private List<Exclusion> collapsed(List<Exclusion> found) {
    List<Exclusion> result = new ArrayList<>();
    int from = 0;
    while (from < found.size()) {
      int to = from + 1;
      while (to < found.size() && found.get(to).cloud().equals(found.get(from).cloud())) {
        to++;
      }
      List<Exclusion> ofCloud = found.subList(from, to);
      Exclusion first = ofCloud.get(0);
      long regions =
          survey.sites.stream().filter(site -> site.cloud().id().equals(first.cloud())).count();
      boolean whole =
          ofCloud.size() > 1
              && ofCloud.size() == regions
              && ofCloud.stream()
                  .allMatch(
                      one ->
                          one.availabilityZone().isEmpty()
                              && one.refusals().equals(first.refusals())
                              && one.outweighed().equals(first.outweighed()));
      if (whole) {
        result.add(
            new Exclusion(
                first.cloud(),
                Optional.empty(),
                Optional.empty(),
                first.refusals(),
                first.outweighed()));
      } else {
        result.addAll(ofCloud);
      }
      from = to;
    }
    return result;
  }
}
