package io.isthmus.rest.drain;

import io.isthmus.domain.placement.Leaving;
import io.isthmus.rest.placement.DecisionBody;
import io.isthmus.rest.placement.DecisionBody.ExclusionBody;
import io.isthmus.rest.placement.DecisionBody.PlaceBody;
import java.util.List;
import java.util.Locale;

/**
 * What stays in a place that is left.
 *
 * @param holdsData whether it stays because it, or what it is with, holds data
 * @param why what keeps it
 * @param elsewhere every other place with every rule that excludes it
 */
public record HeldBody(
    String resource,
    String type,
    PlaceBody place,
    boolean holdsData,
    List<String> why,
    List<ExclusionBody> elsewhere) {

  public static HeldBody of(Leaving.Held held, Locale locale) {
    return new HeldBody(
        held.resource(),
        held.type(),
        PlaceBody.of(held.place()),
        held.state(),
        DecisionBody.words(held.why(), locale),
        held.elsewhere().stream().map(one -> ExclusionBody.of(one, locale)).toList());
  }
}
