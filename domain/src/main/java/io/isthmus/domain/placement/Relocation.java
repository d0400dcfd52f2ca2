package io.isthmus.domain.placement;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.network.Segment;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The planner's answer when places have refused something: elsewhere, nowhere, or not at all. */
public sealed interface Relocation {

  /**
   * There is another place.
   *
   * @param added parts at the new place, each after all that it requires
   * @param removed parts that are not wanted any more where they are
   * @param requires what parts that are not begun require from now on, where that changes
   * @param segments addresses to be reserved before anything is made
   */
  record Moved(
      List<PlannedPart> added,
      Set<PartId> removed,
      Map<PartId, Set<PartId>> requires,
      List<Segment> segments)
      implements Relocation {

    public Moved {
      added = List.copyOf(added);
      removed = Set.copyOf(removed);
      requires = Map.copyOf(requires);
      segments = List.copyOf(segments);
    }
  }

  /**
   * No other place keeps the policy.
   *
   * @param unplaced each resource without a place, with every place and every rule or refusal that
   *     excluded it
   */
  record NoPlaceLeft(Placement.Unplaced unplaced) implements Relocation {

    private static final int MOST_REASONS = 16;

    /** NO_CANDIDATE, with every rule or refusal that excluded a place. */
    public FederationFault fault() {
      List<Phrase> reasons =
          Stream.concat(
                  unplaced.reasons().stream(),
                  unplaced.unplaced().stream()
                      .flatMap(decision -> decision.notChosen().stream())
                      .flatMap(exclusion -> exclusion.refusals().stream())
                      .map(RuleRefusal::reason))
              .distinct()
              .limit(MOST_REASONS)
              .toList();
      return new FederationFault(
          FaultCode.NO_CANDIDATE,
          Phrase.of("placement.again.no-place-left", together(reasons)),
          List.of(),
          Json.createObjectBuilder().add("rejections", PlacementJson.rejections(unplaced)).build(),
          null);
    }

    /** Halved again and again, because phrases within phrases grow with their depth. */
    private static Phrase together(List<Phrase> reasons) {
      if (reasons.size() < 2) {
        return reasons.stream().findFirst().orElse(Phrase.of("placement.why.nowhere"));
      }
      int half = reasons.size() / 2;
      return Phrase.of(
          "placement.again.both",
          together(reasons.subList(0, half)),
          together(reasons.subList(half, reasons.size())));
    }
  }

  /** It cannot be moved at all, whatever places there are. */
  record Stays() implements Relocation {}
}
