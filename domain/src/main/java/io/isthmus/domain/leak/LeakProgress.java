package io.isthmus.domain.leak;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Writes how far a check or repair is, which also is the sign that its server is at it. Reports can
 * be large, so that they are written at most every two seconds, and less often when writing takes
 * long; where nothing has changed only the sign is given.
 */
final class LeakProgress {

  static final Duration LEAST = Duration.ofSeconds(2);

  /** Well within {@link LeakStore#SILENCE}. */
  static final Duration MOST = Duration.ofSeconds(30);

  /** Writing is to take no more than a tenth of the time. */
  private static final int SHARE = 10;

  private final LeakStore store;
  private final String owner;
  private final Clock clock;
  private Supplier<LeakCheck> how;
  private LeakCheck written;
  private Instant next = Instant.MIN;

  /**
   * @param begun as it is written
   * @param owner by whom
   */
  LeakProgress(LeakStore store, LeakCheck begun, String owner, Clock clock) {
    this.store = store;
    this.owner = owner;
    this.clock = clock;
    how = () -> begun;
    written = begun;
  }

  /**
   * To be called often: before each call to a cloud.
   *
   * @param now how far it is
   * @throws IllegalStateException when another took over; then nothing more is to be done
   */
  void tell(Supplier<LeakCheck> now) {
    how = now;
    Instant began = clock.instant();
    if (began.isBefore(next)) {
      return;
    }
    LeakCheck check = now.get();
    boolean mine =
        check.equals(written)
            ? store.touch(check.id(), owner, began)
            : store.write(check, owner, began);
    requireMine(mine, check);
    written = check;
    Instant ended = clock.instant();
    Duration pause = Duration.between(began, ended).multipliedBy(SHARE);
    next =
        ended.plus(pause.compareTo(LEAST) < 0 ? LEAST : pause.compareTo(MOST) > 0 ? MOST : pause);
  }

  /**
   * @throws IllegalStateException when another took over
   */
  void end(LeakCheck check) {
    requireMine(store.write(check, owner, clock.instant()), check);
  }

  /** It ends as it is; nothing is written when another took over. */
  void breakOff() {
    Instant now = clock.instant();
    LeakCheck last = how.get();
    store.write(
        last.in(LeakCheck.State.INTERRUPTED, Optional.of(now), last.findings()), owner, now);
  }

  private static void requireMine(boolean mine, LeakCheck check) {
    if (!mine) {
      throw new IllegalStateException("the check " + check.id() + " is another's");
    }
  }
}
