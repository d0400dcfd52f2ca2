package io.isthmus.domain.mirror;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * What the readings of one turn came to and is not written yet. At rest nothing of a region differs
 * and only ages are to be written: one statement for all its lists instead of one for each. Until
 * then the lists stay this server's, and what is lost with it is read again. Safe for the thread
 * that reads and the one that gives turns up.
 */
final class MirrorUnwritten {

  /** For so long an age waits for those of the lists that are read after it. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final MirrorLists lists;
  private final Clock clock;
  private final BiConsumer<MirrorTask, RuntimeException> refused;
  private List<MirrorLists.Success> waiting = new ArrayList<>();
  private Instant oldest = Instant.MAX;

  /**
   * @param refused is told of a list whose reading the database does not take, such as for a
   *     bookmark that no text can be; the others are written all the same
   */
  MirrorUnwritten(
      MirrorLists lists, Clock clock, BiConsumer<MirrorTask, RuntimeException> refused) {
    this.lists = lists;
    this.refused = refused;
    this.clock = clock;
  }

  synchronized void add(MirrorLists.Success reading) {
    if (waiting.isEmpty()) {
      oldest = clock.instant();
    }
    waiting.add(reading);
  }

  /** Writes all of it. */
  void write() {
    List<MirrorLists.Success> taken = take();
    try {
      lists.succeeded(taken, clock.instant());
    } catch (RuntimeException all) {
      for (MirrorLists.Success one : taken) {
        try {
          lists.succeeded(List.of(one), clock.instant());
        } catch (RuntimeException e) {
          refused.accept(one.task(), e);
        }
      }
    }
  }

  /** Writes all of it where the oldest has waited long enough. */
  void writeOld() {
    if (isOld()) {
      write();
    }
  }

  private synchronized boolean isOld() {
    return !waiting.isEmpty() && !clock.instant().isBefore(oldest.plus(PATIENCE));
  }

  private synchronized List<MirrorLists.Success> take() {
    List<MirrorLists.Success> taken = waiting;
    waiting = new ArrayList<>();
    return taken;
  }
}
