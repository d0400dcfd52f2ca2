package io.isthmus.rest.insurance;

import io.isthmus.domain.placement.LostResource;
import io.isthmus.rest.placement.DecisionBody;
import io.isthmus.rest.placement.DecisionBody.ExclusionBody;
import io.isthmus.rest.placement.DecisionBody.PlaceBody;
import java.util.List;
import java.util.Locale;

/**
 * A resource that would be lost with a cloud.
 *
 * @param outcome {@code moves}, {@code movable}, {@code stays_down} or {@code no_place}
 * @param to where it would be made anew; empty for what would not be
 * @param why what keeps it down, or why it goes where it goes
 * @param elsewhere every other place with every rule that excludes it, for what has no place
 * @param afterSeconds for how long its cloud has to be away before it is made anew by itself;
 *     absent for what is not
 */
public record LostResourceBody(
    String resource,
    String type,
    String outcome,
    List<PlaceBody> from,
    List<PlaceBody> to,
    List<String> why,
    List<ExclusionBody> elsewhere,
    Long afterSeconds) {

  static LostResourceBody of(LostResource one, Locale locale) {
    return new LostResourceBody(
        one.resource(),
        one.type(),
        one.outcome().text(),
        one.from().stream().map(PlaceBody::of).toList(),
        one.to().stream().map(PlaceBody::of).toList(),
        DecisionBody.words(one.why(), locale),
        one.elsewhere().stream().map(exclusion -> ExclusionBody.of(exclusion, locale)).toList(),
        one.after().map(after -> after.toSeconds()).orElse(null));
  }
}
