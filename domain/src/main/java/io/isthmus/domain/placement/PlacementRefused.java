package io.isthmus.domain.placement;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import java.util.List;

/**
 * NO_CANDIDATE: something has no place. Details hold {@code rejections}, for programs; {@link
 * #placement()} holds the same with phrases, for people.
 */
public final class PlacementRefused extends FederationFault {

  private static final long serialVersionUID = 1L;

  private final transient Placement.Unplaced placement;

  PlacementRefused(Placement.Unplaced placement) {
    super(
        FaultCode.NO_CANDIDATE,
        placement.reasons().stream().findFirst().orElse(Phrase.of("placement.plan.refused")),
        List.of(),
        Json.createObjectBuilder().add("rejections", PlacementJson.rejections(placement)).build(),
        null);
    this.placement = placement;
  }

  public Placement.Unplaced placement() {
    return placement;
  }
}
