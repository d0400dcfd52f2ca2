package io.isthmus.rest.mirror;

import io.isthmus.domain.mirror.MirrorAge;
import java.time.Instant;
import java.util.Locale;

/**
 * How old what is known of a kind in a region is.
 *
 * @param kept {@code whole} or {@code names}
 * @param strays absent for who does not administer the federation
 */
public record MirrorAgeBody(
    String cloud,
    String region,
    String kind,
    String kept,
    int count,
    Instant readAt,
    Instant wholeAt,
    Instant changedAt,
    String problem,
    Integer strays) {

  /** As a project sees it. */
  public static MirrorAgeBody of(MirrorAge age, Locale locale) {
    return of(age, false, locale);
  }

  static MirrorAgeBody of(MirrorAge age, boolean administers, Locale locale) {
    return new MirrorAgeBody(
        age.cloud().text(),
        age.region(),
        age.kind().text(),
        age.kept().text(),
        age.count(),
        age.readAt().orElse(null),
        age.wholeAt().orElse(null),
        age.changedAt().orElse(null),
        age.problem().map(phrase -> phrase.in(locale)).orElse(null),
        administers ? age.strays() : null);
  }
}
