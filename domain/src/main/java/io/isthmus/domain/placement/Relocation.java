package io.isthmus.domain.placement;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.network.Segment;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
   * @param full whether clouds without room are all that stands in the way, and no rule
   */
  record NoPlaceLeft(Placement.Unplaced unplaced, boolean full) implements Relocation {

    /** Among a fault's details. */
    public static final String UNPLACED = "unplaced";

    private static final int MOST_NAMED = 8;

    /**
     * NO_CANDIDATE, or CLOUD_FULL where it is room alone that lacks; details hold every place with
     * what excluded it, see {@link #read}.
     */
    public FederationFault fault() {
      // That there is no place for something is what the fault itself says.
      List<Phrase> reasons =
          unplaced.reasons().stream()
              .filter(reason -> !reason.key().equals("placement.reason.nowhere"))
              .toList();
      return new FederationFault(
          full ? FaultCode.CLOUD_FULL : FaultCode.NO_CANDIDATE,
          words(reasons),
          List.of(),
          Json.createObjectBuilder()
              .add(
                  UNPLACED,
                  PlacementJson.write(
                      new Placement.Unplaced(unplaced.unplaced(), reasons, List.of())))
              .build(),
          null);
    }

    /**
     * What the details of such a fault hold, as they are stored.
     *
     * @return empty for details of other faults
     */
    public static Optional<Placement.Unplaced> read(JsonObject details) {
      return Optional.ofNullable(details.get(UNPLACED))
          .map(json -> (Placement.Unplaced) PlacementJson.read(json.asJsonObject()));
    }

    /** One sentence; the reason of each place is for those who ask. */
    private Phrase words(List<Phrase> reasons) {
      if (!reasons.isEmpty()) {
        return Phrase.of("placement.again.no-place-left", reasons.get(0));
      }
      List<String> places =
          unplaced.unplaced().stream()
              .flatMap(decision -> decision.notChosen().stream())
              .map(Exclusion::name)
              .distinct()
              .toList();
      return places.isEmpty()
          ? Phrase.of("placement.again.no-place-left", Phrase.of("placement.why.nowhere"))
          : Phrase.of("placement.again.none-of-these", Phrase.names(places, MOST_NAMED));
    }
  }

  /** It cannot be moved at all, whatever places there are. */
  record Stays() implements Relocation {}
}
