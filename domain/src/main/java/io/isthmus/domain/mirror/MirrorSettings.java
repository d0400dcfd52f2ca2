package io.isthmus.domain.mirror;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * How often clouds are read for the mirror.
 *
 * @param interval from the beginning of one reading of a list to that of the next
 * @param wholeInterval after which a list is read whole although changes could be asked for
 * @param deadline from one page of a list to the next; what takes longer counts as no answer
 * @param parallel regions that this server reads at the same time
 */
record MirrorSettings(Duration interval, Duration wholeInterval, Duration deadline, int parallel) {

  /** Regions of one cloud that all servers together read at the same time. */
  static final int PER_CLOUD = 4;

  /** For how long a list is taken; each page that is written renews it. */
  static final Duration LEASE = Duration.ofSeconds(90);

  /** Longest pause after failures, so that a cloud that is back is seen within a minute. */
  private static final Duration LONGEST = Duration.ofMinutes(1);

  /** Read from the configuration. */
  @Dependent
  static class Configured {

    private final MirrorSettings settings;

    /** ISO-8601 durations. */
    @Inject
    Configured(
        @ConfigProperty(name = "isthmus.mirror.interval", defaultValue = "PT15S") Duration interval,
        @ConfigProperty(name = "isthmus.mirror.whole-interval", defaultValue = "PT10M")
            Duration wholeInterval,
        @ConfigProperty(name = "isthmus.mirror.deadline", defaultValue = "PT75S") Duration deadline,
        @ConfigProperty(name = "isthmus.mirror.parallel", defaultValue = "16") int parallel) {
      settings = new MirrorSettings(interval, wholeInterval, deadline, parallel);
    }

    MirrorSettings settings() {
      return settings;
    }
  }

  /**
   * Until the next reading of a list that failed.
   *
   * @param failures in a row, this one included
   */
  Duration afterFailure(int failures) {
    Duration pause = interval.multipliedBy(1L << Math.min(failures - 1, 6));
    Duration most = LONGEST.compareTo(interval) < 0 ? interval : LONGEST;
    return pause.compareTo(most) < 0 ? pause : most;
  }

  /**
   * Until the next reading of a list that succeeded: a cloud that is slow to list is left alone for
   * at least as long as that took.
   */
  Duration afterSuccess(Duration sinceBegin, Duration took) {
    Duration rest = interval.minus(sinceBegin);
    return rest.compareTo(took) < 0 ? took : rest;
  }
}
