package io.isthmus.rest.stack;

import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.stack.StackDrift;
import io.isthmus.domain.stack.StackHealth;
import io.isthmus.domain.stack.StackView;
import java.util.List;
import java.util.Locale;

/** A stack as the API shows it. Times are ISO 8601 in UTC. */
public record StackBody(
    String id,
    String project,
    String name,
    String status,
    String statusReason,
    Health health,
    String plan,
    int parts,
    int partsDone,
    List<Region> regions,
    long version,
    String createdAt,
    String updatedAt,
    String createdBy,
    Drift drift,
    boolean asleep) {

  /** A state and what is behind it. */
  public record Health(String state, List<String> reasons) {
    static Health of(StackHealth health, Locale locale) {
      return new Health(health.state().name(), words(health.reasons(), locale));
    }
  }

  /**
   * How far it is from what was given to its clouds.
   *
   * @param choice {@code report}, {@code replace_vanished} or {@code repair}
   * @param parts how many resources were changed behind our back or have vanished
   * @param untold of how many more that cannot be told
   */
  public record Drift(String choice, int parts, int untold) {
    static Drift of(StackDrift drift) {
      return new Drift(drift.choice().text(), drift.parts(), drift.untold());
    }
  }

  /** A region of a cloud. */
  public record Region(String cloud, String region) {
    static Region of(Place place) {
      return new Region(place.cloud().text(), place.region());
    }
  }

  static StackBody of(StackView stack, Locale locale) {
    return new StackBody(
        stack.id().toString(),
        stack.project().toString(),
        stack.name(),
        stack.status().toString(),
        stack.statusReason().in(locale),
        Health.of(stack.health(), locale),
        stack.plan().toString(),
        stack.parts(),
        stack.partsDone(),
        stack.regions().stream().map(Region::of).toList(),
        stack.version(),
        stack.createdAt().toString(),
        stack.updatedAt().toString(),
        stack.createdBy(),
        Drift.of(stack.drift()),
        stack.asleep());
  }

  private static List<String> words(List<Phrase> phrases, Locale locale) {
    return phrases.stream().map(phrase -> phrase.in(locale)).toList();
  }
}
