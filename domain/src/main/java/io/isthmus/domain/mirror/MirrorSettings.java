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

  /** From one look at what is due to the next; what is due then is begun spread over it. */
  static final Duration WAKE = Duration.ofSeconds(2);

  /** Regions of one cloud that all servers together read at the same time. */
  static final int PER_CLOUD = 4;

  /** For how long a list is taken; each page that is written renews it. */
  static final Duration LEASE = Duration.ofSeconds(90);

  /**
   * After which it is renewed where pages come of which nothing is written. Most readings are
   * through before, and cost no write.
   */
  static final Duration RENEWAL = Duration.ofSeconds(15);

  /** Longest pause after failures, so that a cloud that is back is seen within a minute. */
  private static final Duration LONGEST = Duration.ofMinutes(1);

  /** After which without a change a list is read less often. */
  static final Duration QUIET = Duration.ofMinutes(3);

  /** Within which the turn must be through for that: what it takes adds to a change's age. */
  static final Duration QUICK = Duration.ofSeconds(3);

  /** A cloud whose turn took longer than this is slow. */
  static final Duration SLOW = Duration.ofSeconds(5);

  /**
   * Turns that slow clouds may have of those that this server reads at the same time, all together:
   * however many clouds are slow, the others are read.
   */
  int slowTurns() {
    return Math.max(1, parallel / 2);
  }

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
   * at least as long as that took. A list that has not changed for a while, and is quick to read,
   * is read half as often again, so that with the usual interval a change still shows within 30 s.
   *
   * @param sinceBegin of the turn
   * @param took to read the list
   * @param quiet for how long the list has not changed
   */
  Duration afterSuccess(Duration sinceBegin, Duration took, Duration quiet) {
    boolean calm = quiet.compareTo(QUIET) >= 0 && sinceBegin.compareTo(QUICK) <= 0;
    Duration whole = calm ? interval.multipliedBy(3).dividedBy(2) : interval;
    Duration rest = whole.minus(sinceBegin);
    return rest.compareTo(took) < 0 ? took : rest;
  }
}
