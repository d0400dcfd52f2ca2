package io.isthmus.rest.placement;

import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Decision;
import io.isthmus.domain.placement.Exclusion;
import java.util.List;
import java.util.Locale;

/** Where one resource goes, why, and why not elsewhere. */
public record DecisionBody(
    String resource, List<PlaceBody> chosen, List<String> why, List<ExclusionBody> notChosen) {

  /** A place. */
  public record PlaceBody(String cloud, String region, String availabilityZone) {
    public static PlaceBody of(Place place) {
      return new PlaceBody(
          place.cloud().text(), place.region(), place.availabilityZone().orElse(null));
    }
  }

  /**
   * A place that was not taken. Without refusals it was eligible, and {@code outweighed} says why.
   */
  public record ExclusionBody(
      String cloud,
      String region,
      String availabilityZone,
      List<RefusalBody> refusals,
      String outweighed) {
    public static ExclusionBody of(Exclusion exclusion, Locale locale) {
      return new ExclusionBody(
          exclusion.cloud().text(),
          exclusion.region().orElse(null),
          exclusion.availabilityZone().orElse(null),
          exclusion.refusals().stream()
              .map(refusal -> new RefusalBody(refusal.rule(), refusal.reason().in(locale)))
              .toList(),
          exclusion.outweighed().map(reason -> reason.in(locale)).orElse(null));
    }
  }

  /** One rule that excluded a place. */
  public record RefusalBody(String rule, String reason) {}

  public static DecisionBody of(Decision decision, Locale locale) {
    return new DecisionBody(
        decision.resource(),
        decision.chosen().stream().map(PlaceBody::of).toList(),
        words(decision.why(), locale),
        decision.notChosen().stream()
            .map(exclusion -> ExclusionBody.of(exclusion, locale))
            .toList());
  }

  public static List<String> words(List<Phrase> phrases, Locale locale) {
    return phrases.stream().map(phrase -> phrase.in(locale)).toList();
  }
}
