package io.isthmus.domain.stack.engine;

import io.isthmus.domain.stack.PartKey;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * When each part that is on its way is looked at next: the longer it takes already, the longer the
 * pause, so that what takes long costs few calls and is still noticed after a small share of its
 * time. Each part has its own times: one that moves makes no other be looked at sooner.
 *
 * <p>What others of its kind took is expected of a part too: it is looked at when it has taken as
 * long, and then as often as at first.
 */
final class LookTimes {

  /** One look for each sixth of the time that it has taken already. */
  private static final int SHARE_OF_AGE = 6;

  private final EngineLimits limits;
  private final Map<PartKey, Instant> movedAt = new HashMap<>();
  private final Map<PartKey, Instant> lookedAt = new HashMap<>();
  private final Map<Kind, Duration> took = new HashMap<>();

  /** Parts that a list shows together, and that the same happens to. */
  private record Kind(Looking.Group group, StackStatus status) {
    static Kind of(StackPart part) {
      return new Kind(Looking.Group.of(part), part.status());
    }
  }

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

  /**
   * A look showed that the cloud is done with some; the last of them tells most of the time that it
   * takes.
   *
   * @param parts as they were before, of one list
   */
  void done(Collection<StackPart> parts) {
    Map<Kind, Duration> latest = new HashMap<>();
    for (StackPart part : parts) {
      Instant looked = lookedAt.getOrDefault(part.key(), Instant.MIN);
      if (looked.isAfter(since(part))) {
        latest.merge(Kind.of(part), Duration.between(since(part), looked), LookTimes::shorter);
      }
    }
    took.putAll(latest);
  }

  /** When something that is on its way is to be looked at. */
  Instant next(StackPart part) {
    Instant since = since(part);
    Instant looked = lookedAt.getOrDefault(part.key(), Instant.MIN);
    Optional<Instant> confirmed =
        part.state()
            .missingSince()
            .map(missing -> missing.plus(limits.confirmMissing()))
            .filter(looked::isBefore);
    if (confirmed.isPresent()) {
      return confirmed.get();
    }
    if (looked.isBefore(since)) {
      return since.plus(limits.firstLook());
    }
    Instant usual = looked.plus(pause(Duration.between(since, looked)));
    Duration expected = took.get(Kind.of(part));
    return expected == null ? usual : earlier(usual, asOthers(since, looked, expected));
  }

  private Instant since(StackPart part) {
    return movedAt.getOrDefault(part.key(), part.state().since());
  }

  private Instant asOthers(Instant since, Instant looked, Duration expected) {
    Instant due = since.plus(expected);
    boolean hasJustPassed = looked.isBefore(due.plus(pause(expected)));
    return looked.isBefore(due)
        ? due
        : hasJustPassed ? looked.plus(limits.firstLook()) : Instant.MAX;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
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
