package io.isthmus.domain.drain;

import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Leaving;
import io.isthmus.domain.placement.LeavingPlan;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Carries stacks back to where they stood before a drain that was taken back. All that it knows is
 * in the database, so that any server goes on where another was killed.
 */
@ApplicationScoped
public class DrainReturnPass {

  private static final Logger LOG = Logger.getLogger(DrainReturnPass.class.getName());

  static final Duration LEASE = Duration.ofMinutes(2);
  static final Duration SOON = Duration.ofSeconds(5);
  static final Duration AT_WORK = Duration.ofSeconds(15);

  /** How soon what has failed or found no room is tried again, the first time; then doubled. */
  static final Duration AGAIN = Duration.ofMinutes(1);

  private static final int MOST_DOUBLINGS = 4;
  private static final int MOST_NAMED = 8;

  private DrainReturnStore store;
  private Homecoming homecoming;
  private Clock clock;

  @Inject
  DrainReturnPass(DrainReturnStore store, Homecoming homecoming) {
    this(store, homecoming, Clock.systemUTC());
  }

  DrainReturnPass(DrainReturnStore store, Homecoming homecoming, Clock clock) {
    this.store = store;
    this.homecoming = homecoming;
    this.clock = clock;
  }

  /** For the container's proxies. */
  protected DrainReturnPass() {}

  /**
   * Carries each on that is due and that nobody else does.
   *
   * @return how many
   */
  public int run() {
    int carried = 0;
    for (Optional<DrainReturnStore.Turn> turn = take(); turn.isPresent(); turn = take()) {
      try {
        step(turn.get());
      } catch (DrainReturnStore.TurnLost lost) {
        LOG.log(Level.FINE, "a stack is carried back by another", lost);
      } catch (RuntimeException e) {
        // One that breaks holds up no other; its lease runs out, and it comes again.
        LOG.log(Level.WARNING, "carrying back stack " + turn.get().row().stack(), e);
      }
      carried++;
    }
    return carried;
  }

  private Optional<DrainReturnStore.Turn> take() {
    Instant now = now();
    return store.take(now.plus(LEASE), now);
  }

  private void step(DrainReturnStore.Turn turn) {
    DrainReturn row = turn.row();
    Optional<Stack> stack = homecoming.find(row.stack());
    if (stack.isEmpty() || stack.get().isLeaving()) {
      through(turn, DrainReturn.State.GONE);
    } else if (row.state() == DrainReturn.State.MOVING) {
      follow(turn, stack.get());
    } else {
      begin(turn);
    }
  }

  private void follow(DrainReturnStore.Turn turn, Stack stack) {
    DrainReturn row = turn.row();
    if (!stack.status().isTerminal()) {
      store.release(turn, row, Optional.of(now().plus(SOON)));
    } else if (!row.plan().equals(Optional.of(stack.plan()))
        || !stack.status().equals(StackStatus.UPDATED)) {
      again(
          turn,
          DrainReturn.State.FAILED,
          Phrase.of("drain.return-failed", stack.reason()),
          List.of());
    } else {
      through(turn, DrainReturn.State.BACK);
    }
  }

  private void begin(DrainReturnStore.Turn turn) {
    DrainReturn row = turn.row();
    try {
      LeavingPlan plan = homecoming.plan(row.stack(), row.homes(), row.askedBy());
      Instant now = now();
      if (!plan.held().isEmpty()) {
        again(turn, DrainReturn.State.HELD, why(plan.held()), plan.held());
      } else if (plan.plan().isEmpty()) {
        // It is where it stood, or its servers are no more.
        through(turn, DrainReturn.State.BACK);
      } else {
        homecoming.begin(turn, row.moving(plan.plan().get().id(), now), now, now.plus(SOON));
      }
    } catch (FederationFault fault) {
      refused(turn, fault);
    }
  }

  private void refused(DrainReturnStore.Turn turn, FederationFault fault) {
    switch (fault.code()) {
      case NOT_FOUND -> through(turn, DrainReturn.State.GONE);
      case CONFLICT, STALE_PLAN ->
          store.release(
              turn,
              turn.row().in(DrainReturn.State.AT_WORK, Optional.of(fault.phrase()), now()),
              Optional.of(now().plus(AT_WORK)));
      default -> again(turn, DrainReturn.State.FAILED, fault.phrase(), List.of());
    }
  }

  private void again(
      DrainReturnStore.Turn turn, DrainReturn.State state, Phrase why, List<Leaving.Held> held) {
    DrainReturn next = turn.row().again(state, why, held, now());
    Duration pause = AGAIN.multipliedBy(1L << Math.min(next.tries() - 1, MOST_DOUBLINGS));
    store.release(turn, next, Optional.of(now().plus(pause)));
  }

  private void through(DrainReturnStore.Turn turn, DrainReturn.State end) {
    store.release(turn, turn.row().in(end, Optional.empty(), now()), Optional.empty());
  }

  private static Phrase why(List<Leaving.Held> held) {
    return Phrase.of(
        "drain.return-held",
        Phrase.names(
            held.stream().map(Leaving.Held::resource).distinct().sorted().toList(), MOST_NAMED));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
