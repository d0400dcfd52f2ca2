package io.isthmus.domain.placement;

import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.ResourceNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says why each resource is where it is and nowhere else. */
final class Explanation {

  private final Units units;
  private final Survey survey;
  private final Problem problem;
  private final Arrangement arrangement;
  private final WhyHere here;
  private final WhyNotThere there;

  Explanation(Units units, Survey survey, Arrangement arrangement) {
    this.units = units;
    this.survey = survey;
    this.problem = survey.problem;
    this.arrangement = arrangement;
    this.here = new WhyHere(units, survey, arrangement);
    this.there = new WhyNotThere(units, survey, arrangement);
  }

  /** The decisions about a unit's placed members. */
  List<Decision> decisions(int unit) {
    PlacementUnit it = problem.units.get(unit);
    Candidate candidate = problem.candidates.get(arrangement.at[unit]);
    List<Exclusion> notChosen = there.notChosen(unit);
    List<Phrase> why = here.why(unit);
    ResourceNode anchor = anchor(it);
    List<Decision> decisions = new ArrayList<>();
    for (int member : it.members()) {
      ResourceNode node = units.graph.nodes.get(member);
      Place place = Zones.of(node, candidate, survey.sites.get(candidate.site()));
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
    return new Decision(
        path, regions, List.of(why), Exclusions.collapsed(elsewhere, survey.regionsOf));
  }

  /** The decisions about a unit that has no place. */
  List<Decision> unplaced(int unit) {
    PlacementUnit it = problem.units.get(unit);
    List<Exclusion> everywhere = there.notChosen(unit);
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
}
