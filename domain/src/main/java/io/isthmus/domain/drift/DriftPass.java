package io.isthmus.domain.drift;

import io.isthmus.domain.stack.StackChanged;
import io.isthmus.domain.stack.StackId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Finds the stacks that are to be compared: those of which a list of the mirror has changed, those
 * that have changed themselves, those that wait for a list, and now and then all. Reads the
 * database alone and calls no cloud; what is as it was costs a digest in a statement for many
 * stacks.
 */
@ApplicationScoped
public class DriftPass {

  private static final Logger LOG = Logger.getLogger(DriftPass.class.getName());

  /** For what no list and no event has told, such as a mark that somebody took away. */
  private static final Duration ALL = Duration.ofMinutes(10);

  /** As often as lists are read. */
  private static final Duration WAITING = Duration.ofSeconds(5);

  private static final int AT_ONCE = 200;

  private DriftStore drifts;
  private DriftComparison comparison;
  private Clock clock;

  private final Set<StackId> changed = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean running = new AtomicBoolean();
  private Map<Long, Instant> lists = Map.of();
  private Instant all = Instant.MIN;
  private Instant waiting = Instant.MIN;

  @Inject
  DriftPass(DriftStore drifts, DriftComparison comparison) {
    this(drifts, comparison, Clock.systemUTC());
  }

  DriftPass(DriftStore drifts, DriftComparison comparison, Clock clock) {
    this.drifts = drifts;
    this.comparison = comparison;
    this.clock = clock;
  }

  /** For the container's proxies. */
  protected DriftPass() {}

  /** A stack that has come to rest, or was repaired, is compared anew. */
  void changed(@Observes(during = TransactionPhase.AFTER_SUCCESS) StackChanged change) {
    changed.add(change.stack());
  }

  /**
   * Compares what is to be compared; at once nothing when another thread does it already.
   *
   * @return how many stacks were compared
   */
  public int run() {
    if (!running.compareAndSet(false, true)) {
      return 0;
    }
    try {
      return compare(due());
    } finally {
      running.set(false);
    }
  }

  private Set<StackId> due() {
    Instant now = clock.instant();
    Set<StackId> due = new HashSet<>();
    for (Iterator<StackId> each = changed.iterator(); each.hasNext(); ) {
      due.add(each.next());
      each.remove();
    }
    Map<Long, Instant> known = drifts.lists();
    List<Long> moved = new ArrayList<>();
    known.forEach(
        (list, at) -> {
          if (!at.equals(lists.get(list))) {
            moved.add(list);
          }
        });
    if (!now.isBefore(later(all, ALL))) {
      due.addAll(drifts.all());
      all = now;
    } else if (!moved.isEmpty()) {
      due.addAll(drifts.stacksIn(moved));
    }
    lists = known;
    if (!now.isBefore(later(waiting, WAITING))) {
      due.addAll(drifts.waiting());
      waiting = now;
    }
    return due;
  }

  private static Instant later(Instant time, Duration by) {
    return time.equals(Instant.MIN) ? time : time.plus(by);
  }

  private int compare(Set<StackId> due) {
    List<StackId> left = List.copyOf(due);
    int compared = 0;
    for (int from = 0; from < left.size(); from += AT_ONCE) {
      Set<StackId> some = Set.copyOf(left.subList(from, Math.min(left.size(), from + AT_ONCE)));
      for (StackId stack : comparison.differing(some)) {
        try {
          comparison.compare(stack);
          compared++;
        } catch (RuntimeException e) {
          // One that cannot be compared holds up no other; it comes again when it changes.
          LOG.log(Level.WARNING, "comparing stack " + stack + " with the mirror", e);
        }
      }
    }
    return compared;
  }
}
