package io.isthmus.domain.drain;

import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Leaving;
import io.isthmus.domain.placement.LeavingPlan;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Carries drains on, a step at a time: sees what is in the place still, follows the stacks that
 * move, and begins the next ones, as many at once as was asked for. All that it knows is in the
 * database, so that any server goes on where another was killed.
 */
@ApplicationScoped
public class DrainPass {

  private static final Logger LOG = Logger.getLogger(DrainPass.class.getName());

  static final Duration LEASE = Duration.ofMinutes(2);

  /** How soon what moves is looked at again. */
  static final Duration SOON = Duration.ofSeconds(5);

  /** How soon a stack to which something else is done. */
  static final Duration AT_WORK = Duration.ofSeconds(15);

  /** How soon what no other place can have: quotas, policies and clouds change. */
  static final Duration HELD = Duration.ofMinutes(5);

  /** How soon a stack of which moving has failed, the first time; doubled each time. */
  static final Duration FAILED = Duration.ofMinutes(1);

  /** How long others wait for a stack of which only the removal of what it had is left. */
  static final Duration MOST_OF_REMOVAL = Duration.ofMinutes(3);

  /** How long others wait for any stack, since a cloud that is silent is waited for. */
  static final Duration MOST_OF_MOVE = Duration.ofHours(1);

  private static final int MOST_NAMED = 8;
  private static final int MOST_DOUBLINGS = 5;

  /** How often an empty place is looked at: what was accepted before may still come. */
  static final Duration EMPTY = Duration.ofMinutes(1);

  /** Longest that one turn begins further stacks; planning a large one takes seconds. */
  private static final Duration MOST_OF_TURN = Duration.ofSeconds(30);

  private DrainStore store;
  private Departures departures;
  private Clock clock;

  @Inject
  DrainPass(DrainStore store, Departures departures) {
    this(store, departures, Clock.systemUTC());
  }

  DrainPass(DrainStore store, Departures departures, Clock clock) {
    this.store = store;
    this.departures = departures;
    this.clock = clock;
  }

  /** For the container's proxies. */
  protected DrainPass() {}

  /**
   * Carries on each drain that is due and that nobody else does.
   *
   * @return how many
   */
  public int run() {
    int carried = 0;
    for (Optional<DrainStore.Turn> turn = take(); turn.isPresent(); turn = take()) {
      try {
        step(turn.get());
      } catch (DrainStore.TurnLost lost) {
        LOG.log(Level.FINE, "a drain is carried on by another", lost);
      } catch (RuntimeException e) {
        // One that breaks holds up no other; it comes again soon.
        LOG.log(Level.WARNING, "carrying on drain " + turn.get().drain().id(), e);
        release(turn.get(), turn.get().drain().status(), Optional.of(AT_WORK));
      }
      carried++;
    }
    return carried;
  }

  private Optional<DrainStore.Turn> take() {
    Instant now = now();
    return store.take(now.plus(LEASE), now);
  }

  private void release(DrainStore.Turn turn, Drain.Status status, Optional<Duration> after) {
    Instant now = now();
    store.release(turn, turn.drain().status(), status, after.map(now::plus), now);
  }

  private void step(DrainStore.Turn turn) {
    Map<StackId, DrainedStack> known = look(turn);
    Drain.Status status = turn.drain().status();
    if (status == Drain.Status.COMPLETE && known.values().stream().anyMatch(DrainPass::isOpen)) {
      status = Drain.Status.RUNNING;
    }
    if (status == Drain.Status.RUNNING) {
      begin(turn, known);
      if (known.values().stream().noneMatch(DrainPass::isOpen)) {
        status = Drain.Status.COMPLETE;
      }
    }
    release(turn, status, next(status, known));
  }

  private static boolean isOpen(DrainedStack stack) {
    return !stack.state().isThrough();
  }

  private static boolean isMoving(DrainedStack stack) {
    return stack.state() == DrainedStack.State.MOVING;
  }

  private static Optional<Duration> next(Drain.Status status, Map<StackId, DrainedStack> known) {
    boolean moving = known.values().stream().anyMatch(DrainPass::isMoving);
    return switch (status) {
      case RUNNING -> Optional.of(SOON);
      case COMPLETE -> Optional.of(EMPTY);
      case PAUSED -> Optional.of(moving ? SOON : EMPTY);
      case TAKEN_BACK -> moving ? Optional.of(SOON) : Optional.empty();
    };
  }

  /** Sees what is in the place, and what has become of the stacks that move. */
  private Map<StackId, DrainedStack> look(DrainStore.Turn turn) {
    Instant now = now();
    Map<StackId, DrainedStack> known = new LinkedHashMap<>();
    store.stacks(turn.drain().id()).forEach(one -> known.put(one.stack(), one));
    Map<StackId, DrainedStack.Presence> there = new LinkedHashMap<>();
    store.presences(turn.drain().area()).forEach(one -> there.put(one.stack(), one));
    boolean open = turn.drain().closes();
    for (DrainedStack.Presence one : there.values()) {
      DrainedStack before = known.get(one.stack());
      if (before == null && !open) {
        continue;
      }
      DrainedStack seen =
          before == null ? DrainedStack.waiting(one, now) : before.counted(one.parts());
      if (isMoving(seen)) {
        seen = followed(seen, one.leftOver(), now);
      } else if (seen.state().isThrough() && open) {
        seen = seen.anew(now);
      }
      note(turn, before, seen, known);
    }
    for (DrainedStack before : List.copyOf(known.values())) {
      if (!there.containsKey(before.stack()) && isOpen(before)) {
        note(turn, before, before.through(now), known);
      }
    }
    return known;
  }

  private void note(
      DrainStore.Turn turn,
      DrainedStack before,
      DrainedStack now,
      Map<StackId, DrainedStack> known) {
    if (!now.equals(before)) {
      store.write(turn, now);
    }
    known.put(now.stack(), now);
  }

  /** A stack that moves and of which something is there still. */
  private DrainedStack followed(DrainedStack stack, boolean leftOver, Instant now) {
    Optional<Stack> found = departures.find(stack.stack());
    if (found.isEmpty()) {
      return stack;
    }
    if (!found.get().status().isTerminal()) {
      return waitedFor(stack, leftOver, now);
    }
    StackStatus status = found.get().status();
    boolean ours = found.get().plan().equals(stack.plan().orElse(null));
    if (status.equals(StackStatus.UPDATED) && ours && !stack.held().isEmpty()) {
      return stack.waits(
          DrainedStack.State.HELD,
          Optional.of(why(stack.held())),
          stack.held(),
          Optional.of(now.plus(HELD)),
          now);
    }
    if (status.isWhole() && !status.equals(StackStatus.ROLLED_BACK)) {
      // Something is there that was not when it was planned, or is being cleared away.
      return stack.waits(
          DrainedStack.State.WAITING,
          Optional.empty(),
          List.of(),
          Optional.of(now.plus(AT_WORK)),
          now);
    }
    return stack.failed(
        Phrase.of("drain.move-failed", found.get().reason()), now.plus(pause(stack)), now);
  }

  /** Others do not wait for ever, and it is told why. */
  private static DrainedStack waitedFor(DrainedStack stack, boolean leftOver, Instant now) {
    Duration most = leftOver ? MOST_OF_REMOVAL : MOST_OF_MOVE;
    if (stack.why().isPresent() || now.isBefore(stack.changedAt().plus(most))) {
      return stack;
    }
    return stack.goesOnBeside(
        Phrase.of(
            leftOver ? "drain.removal-waits" : "drain.move-waits",
            stack.name(),
            Long.toString(most.toMinutes())));
  }

  private static Phrase why(List<Leaving.Held> held) {
    return Phrase.of(
        "drain.held", Phrase.names(held.stream().map(Leaving.Held::resource).toList(), MOST_NAMED));
  }

  private static Duration pause(DrainedStack stack) {
    return FAILED.multipliedBy(1L << Math.min(stack.tries(), MOST_DOUBLINGS));
  }

  /** Whose turn has not come yet goes before what is tried again, and that by how long it waits. */
  private static final Comparator<DrainedStack> FIRST =
      Comparator.comparing((DrainedStack stack) -> stack.state() != DrainedStack.State.WAITING)
          .thenComparing(stack -> stack.nextTry().orElse(Instant.EPOCH));

  /** Begins the next stacks, as long as fewer move than may at once. */
  private void begin(DrainStore.Turn turn, Map<StackId, DrainedStack> known) {
    Instant end = now().plus(MOST_OF_TURN);
    for (DrainedStack stack : known.values().stream().sorted(FIRST).toList()) {
      Instant now = now();
      long moving = known.values().stream().filter(DrainedStack::countsAsMoving).count();
      if (moving >= turn.drain().atOnce() || now.isAfter(end)) {
        return;
      }
      if (stack.isDue(now) && stack.parts() > 0) {
        if (!store.goOn(turn, now.plus(LEASE))) {
          return;
        }
        begin(turn, stack, known);
      }
    }
  }

  private void begin(DrainStore.Turn turn, DrainedStack stack, Map<StackId, DrainedStack> known) {
    Drain drain = turn.drain();
    try {
      LeavingPlan plan =
          departures.plan(
              stack.stack(),
              DrainWish.leaving(drain.area(), drain.reason(), drain.withData()),
              drain.startedBy());
      Instant now = now();
      if (plan.plan().isEmpty()) {
        boolean held = !plan.held().isEmpty();
        note(
            turn,
            stack,
            stack.waits(
                held ? DrainedStack.State.HELD : DrainedStack.State.AT_WORK,
                Optional.of(held ? why(plan.held()) : Phrase.of("drain.clearing", stack.name())),
                plan.held(),
                Optional.of(now.plus(held ? HELD : AT_WORK)),
                now),
            known);
        return;
      }
      if (departures.begin(turn, stack, plan, now, now.plus(LEASE))) {
        known.put(
            stack.stack(),
            stack.moving(plan.plan().get().id(), plan.moves().size(), plan.held(), now));
      }
    } catch (FederationFault fault) {
      note(turn, stack, refused(stack, fault), known);
    }
  }

  private DrainedStack refused(DrainedStack stack, FederationFault fault) {
    Instant now = now();
    return switch (fault.code()) {
      case NOT_FOUND -> stack.through(now);
      case CONFLICT, STALE_PLAN ->
          stack.waits(
              DrainedStack.State.AT_WORK,
              Optional.of(fault.phrase()),
              List.of(),
              Optional.of(now.plus(AT_WORK)),
              now);
      default -> stack.failed(fault.phrase(), now.plus(pause(stack)), now);
    };
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
