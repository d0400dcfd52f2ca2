package io.isthmus.domain.stack.engine;

import io.isthmus.domain.stack.PartKey;
import io.isthmus.domain.stack.StackPart;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * When each part that is on its way is looked at next: the longer it takes already, the longer the
 * pause, so that what takes long costs few calls and is still noticed after a small share of its
 * time. Each part has its own times: one that moves makes no other be looked at sooner.
 */
final class LookTimes {

  /** One look for each sixth of the time that it has taken already. */
  private static final int SHARE_OF_AGE = 6;

  private final EngineLimits limits;
  private final Map<PartKey, Instant> movedAt = new HashMap<>();
  private final Map<PartKey, Instant> lookedAt = new HashMap<>();

  LookTimes(EngineLimits limits) {
    this.limits = limits;
  }

  /** A cloud has begun something about it. */
  void moved(PartKey key, Instant now) {
    movedAt.put(key, now);
  }

  /** A look at it begins. */
  void looked(PartKey key, Instant now) {
    lookedAt.put(key, now);
  }

  /** When something that is on its way is to be looked at. */
  Instant next(StackPart part) {
    Instant since = movedAt.getOrDefault(part.key(), part.state().since());
    Instant looked = lookedAt.getOrDefault(part.key(), Instant.MIN);
    Optional<Instant> confirmed =
        part.state()
            .missingSince()
            .map(missing -> missing.plus(limits.confirmMissing()))
            .filter(looked::isBefore);
    if (confirmed.isPresent()) {
      return confirmed.get();
    }
    return looked.isBefore(since)
        ? since.plus(limits.firstLook())
        : looked.plus(pause(Duration.between(since, looked)));
  }

  /** When something that was removed is to be looked at, in case it comes late. */
  Instant nextAfterEnd(StackPart part) {
    Instant ended = part.state().since();
    Instant looked = lookedAt.getOrDefault(part.key(), ended);
    return (looked.isBefore(ended) ? ended : looked).plus(limits.keepInterval());
  }

  private Duration pause(Duration age) {
    Duration share = age.dividedBy(SHARE_OF_AGE);
    return share.compareTo(limits.firstLook()) < 0
        ? limits.firstLook()
        : share.compareTo(limits.keepInterval()) > 0 ? limits.keepInterval() : share;
  }
}
