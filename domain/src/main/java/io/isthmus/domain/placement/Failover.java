package io.isthmus.domain.placement;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What is done when the place of a server is lost, and how it is told that it is.
 *
 * @param after for how long probes have to fail before the server counts as failing
 * @param tries how often in a row they have to fail at least, too
 * @param probes each of which has to be answered; empty when the cloud's word is all there is
 * @param onReturn what becomes of it when its cloud answers again after it was replaced
 */
public record Failover(
    Mode mode, Duration after, int tries, List<Probe> probes, OnReturn onReturn) {

  static final Duration LEAST_AFTER = Duration.ofSeconds(10);
  static final Duration MOST_AFTER = Duration.ofHours(24);
  static final Duration USUAL_AFTER = Duration.ofMinutes(2);
  static final int MOST_TRIES = 20;
  static final int USUAL_TRIES = 3;
  static final int MOST_PROBES = 4;

  private static final Duration LEAST_PAUSE = Duration.ofSeconds(5);
  private static final Duration MOST_PAUSE = Duration.ofMinutes(1);

  /** What is done when its cloud is lost. */
  public enum Mode {
    /** Others like it work elsewhere already; what is missing is made anew elsewhere. */
    ACTIVE_ACTIVE,
    /** It is made anew elsewhere. */
    STANDBY,
    /** It stays; people are told, and its cloud is waited for. */
    NEVER;

    /** As a policy names it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What becomes of what was replaced when its cloud answers again. It is stopped in any case. */
  public enum OnReturn {
    /** It is removed. */
    REMOVE,
    /** It stays, stopped, until a person has it removed. */
    ASK;

    /** As a policy names it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Failover {
    if (after.compareTo(LEAST_AFTER) < 0
        || after.compareTo(MOST_AFTER) > 0
        || tries < 1
        || tries > MOST_TRIES) {
      throw new IllegalArgumentException("no failover: " + after + ", " + tries);
    }
    probes = List.copyOf(probes);
  }

  /** The same for what cannot be made anew without loss. */
  Failover never() {
    return new Failover(Mode.NEVER, after, tries, probes, onReturn);
  }

  /** From one probe to the next: so that there are as many tries within the time. */
  public Duration pause() {
    Duration even = after.dividedBy(tries);
    return even.compareTo(LEAST_PAUSE) < 0
        ? LEAST_PAUSE
        : even.compareTo(MOST_PAUSE) > 0 ? MOST_PAUSE : even;
  }

  /** Both together: all probes of both, and of all else what is more cautious. */
  Failover and(Failover other) {
    Set<Probe> all = new LinkedHashSet<>(probes);
    all.addAll(other.probes);
    return new Failover(
        mode.compareTo(other.mode) > 0 ? mode : other.mode,
        after.compareTo(other.after) > 0 ? after : other.after,
        Math.max(tries, other.tries),
        List.copyOf(all),
        onReturn.compareTo(other.onReturn) > 0 ? onReturn : other.onReturn);
  }
}
