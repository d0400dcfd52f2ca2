package io.isthmus.rest.stack;

import io.isthmus.domain.drift.DriftReport;
import io.isthmus.domain.drift.Drifted;
import io.isthmus.domain.drift.PartDrift;
import io.isthmus.domain.drift.Untold;
import io.isthmus.rest.mirror.MirrorAgeBody;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * How far a stack is from what was given to its clouds.
 *
 * @param readAt until when it is known to be true; absent when nothing of it was read
 */
public record DriftBody(
    String choice,
    int parts,
    int untold,
    int comparable,
    Instant comparedAt,
    Instant readAt,
    List<PartBody> resources,
    List<MirrorAgeBody> ages) {

  /**
   * A resource that drifted or cannot be told of.
   *
   * @param state {@code changed}, {@code vanished} or {@code unknown}
   * @param reason why it, or the rest of it, cannot be told
   */
  public record PartBody(
      String resource,
      String type,
      String cloud,
      String region,
      String state,
      Instant since,
      List<PropertyBody> properties,
      String reason,
      List<String> untold) {

    static PartBody of(PartDrift part) {
      return new PartBody(
          part.id().resource(),
          part.type(),
          part.id().cloud().text(),
          part.id().region(),
          part.vanished() ? "vanished" : part.hasDrifted() ? "changed" : "unknown",
          part.since().orElse(null),
          part.properties().stream().map(PropertyBody::of).toList(),
          part.untold().map(Untold::text).orElse(null),
          part.untoldProperties().stream().sorted().toList());
    }
  }

  /**
   * A property that is not as it was given.
   *
   * @param expected absent when nothing was to be there
   * @param found absent when nothing is there
   */
  public record PropertyBody(
      String property, String change, JsonValue expected, JsonValue found, Instant since) {

    static PropertyBody of(Drifted drifted) {
      return new PropertyBody(
          drifted.drift().property(),
          drifted.drift().change().text(),
          drifted.drift().expected().orElse(null),
          drifted.drift().found().orElse(null),
          drifted.since());
    }
  }

  static DriftBody of(DriftReport report, Locale locale) {
    return new DriftBody(
        report.choice().text(),
        (int) report.parts().stream().filter(PartDrift::hasDrifted).count(),
        (int) report.parts().stream().filter(part -> !part.hasDrifted()).count(),
        report.comparable(),
        report.comparedAt().orElse(null),
        report.readAt().orElse(null),
        report.parts().stream().map(PartBody::of).toList(),
        report.ages().stream().map(age -> MirrorAgeBody.of(age, locale)).toList());
  }
}
