package io.isthmus.domain.stack.engine;

import java.time.Duration;
import java.time.Instant;

/**
 * How long to wait between looks at what is on its way: the longer nothing has moved, the longer,
 * so that what takes long costs few calls and is still noticed after a small share of its time.
 */
final class LookPace {

  /** One look for each tenth of the time that something has taken already. */
  private static final int SHARE_OF_REST = 10;

  private final EngineLimits limits;
  private Instant restsSince;

  LookPace(EngineLimits limits, Instant now) {
    this.limits = limits;
    this.restsSince = now;
  }

  void moved(Instant now) {
    restsSince = now;
  }

  /** What was noted down of the time before this run. */
  void restedSince(Instant time) {
    if (time.isBefore(restsSince)) {
      restsSince = time;
    }
  }

  /** Half of the rest at first, up to the slowest pace for what takes seconds. */
  Duration pause(Instant now) {
    Duration rest = Duration.between(restsSince, now);
    Duration most = longer(limits.slowestLook(), rest.dividedBy(SHARE_OF_REST));
    return longer(limits.firstLook(), shorter(rest.dividedBy(2), most));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
