package io.isthmus.domain.failover;

import io.isthmus.domain.cloud.Area;
import io.isthmus.domain.cloud.ClosedArea;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Failover;
import io.isthmus.domain.placement.Leaving;
import io.isthmus.domain.placement.LeavingPlan;
import io.isthmus.domain.probe.CloudLoss;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Carries stacks with something standby in a silent cloud on, one at a time, so that each reserves
 * before the next is planned: spends the time and the tries of the policy, hears both witnesses or
 * a person, makes anew elsewhere, and sees to what was replaced when the cloud is back. All that it
 * knows is in the database, so that any server goes on where another was killed.
 */
@ApplicationScoped
public class FailoverPass {

  private static final Logger LOG = Logger.getLogger(FailoverPass.class.getName());

  static final Duration LEASE = Duration.ofMinutes(2);

  /** How soon what may change any moment is looked at again. */
  static final Duration SOON = Duration.ofSeconds(5);

  /** How soon a stack to which something else is done. */
  static final Duration AT_WORK = Duration.ofSeconds(15);

  /** How soon a cloud from which all has moved, or in which something stays stopped. */
  static final Duration SETTLED = Duration.ofSeconds(30);

  /** How soon what has failed or found no place, the first time; doubled each time. */
  static final Duration AGAIN = Duration.ofSeconds(20);

  private static final int MOST_DOUBLINGS = 4;
  private static final int MOST_NAMED = 8;

  /** Longest that one pass takes up further stacks; planning a large one takes seconds. */
  private static final Duration MOST_OF_PASS = Duration.ofSeconds(30);

  private FailoverStore store;
  private Rescue rescue;
  private Clock clock;

  @Inject
  FailoverPass(FailoverStore store, Rescue rescue) {
    this(store, rescue, Clock.systemUTC());
  }

  FailoverPass(FailoverStore store, Rescue rescue, Clock clock) {
    this.store = store;
    this.rescue = rescue;
    this.clock = clock;
  }

  /** For the container's proxies. */
  protected FailoverPass() {}

  /**
   * Notes what is silent, and carries on all that is due and that nobody else does.
   *
   * @return how many
   */
  public int run() {
    Instant end = now().plus(MOST_OF_PASS);
    store.watchSilentClouds(now());
    int carried = 0;
    for (Optional<FailoverStore.Turn> turn = take(); turn.isPresent(); turn = take()) {
      try {
        step(turn.get());
      } catch (FailoverStore.TurnLost lost) {
        LOG.log(Level.FINE, "a lost cloud is carried on by another", lost);
      } catch (RuntimeException e) {
        // One that breaks holds up no other; its lease runs out, and it comes again.
        LOG.log(Level.WARNING, "carrying on " + turn.get().row().stack(), e);
      }
      carried++;
      if (now().isAfter(end)) {
        break;
      }
    }
    return carried;
  }

  private Optional<FailoverStore.Turn> take() {
    Instant now = now();
    return store.take(now.plus(LEASE), now);
  }

  private void step(FailoverStore.Turn turn) {
    LostCloud row = turn.row();
    Optional<Stack> stack = rescue.find(row.stack());
    if (stack.isEmpty() || stack.get().isLeaving()) {
      store.forget(turn);
      return;
    }
    Rescue.Scene scene = rescue.look(stack.get(), row.cloud(), now());
    if (stack.get().isAsleep() && scene.replaced().isEmpty()) {
      // What sleeps does nothing that another had to do; when it wakes, its cloud is looked at
      // anew.
      store.forget(turn);
    } else if (scene.loss().isEmpty()) {
      answers(turn, stack.get(), scene);
    } else {
      silent(turn, stack.get(), scene, scene.loss().get());
    }
  }

  // ---- the cloud answers

  private void answers(FailoverStore.Turn turn, Stack stack, Rescue.Scene scene) {
    Instant now = now();
    LostCloud row = turn.row();
    if (row.state() == LostCloud.State.MOVING && !stack.status().isTerminal()) {
      // What was replaced is stopped before all else is done there, whatever is made elsewhere.
      rescue.note(turn, row, now.plus(SOON), stack);
      return;
    }
    if (scene.replaced().isEmpty()) {
      boolean replaced = row.plan().isPresent();
      rescue.end(
          turn,
          replaced
              ? Optional.of(Phrase.of("failover.cleared", stack.name(), row.cloud()))
              : row.why().map(any -> Phrase.of("failover.came-back", stack.name(), row.cloud())),
          stack,
          now);
      return;
    }
    boolean stopping =
        scene.replaced().stream()
            .anyMatch(part -> !part.isBack() || part.mayStillRun() && !part.cannotBeStopped());
    if (stopping) {
      Phrase why = Phrase.of("failover.stopping", row.cloud(), names(scene.replaced()));
      rescue.note(turn, row.in(LostCloud.State.BACK, why, now), now.plus(SOON), stack);
    } else if (row.removeAt().isPresent()) {
      Phrase why = Phrase.of("failover.removing", row.cloud(), names(scene.replaced()));
      rescue.note(turn, row.in(LostCloud.State.BACK, why, now), now.plus(SOON), stack);
    } else if (row.removes()) {
      Phrase why = Phrase.of("failover.removing-by-rule", row.cloud(), names(scene.replaced()));
      rescue.remove(turn, row.in(LostCloud.State.BACK, why, now), now.plus(SOON), stack);
    } else {
      Phrase why = Phrase.of("failover.stopped", row.cloud(), names(scene.replaced()));
      rescue.note(turn, row.in(LostCloud.State.BACK, why, now), now.plus(SETTLED), stack);
    }
  }

  private static Object names(List<StackPart> parts) {
    return Phrase.names(
        parts.stream().map(part -> part.id().resource()).distinct().sorted().toList(), MOST_NAMED);
  }

  // ---- the cloud is silent

  private void silent(FailoverStore.Turn turn, Stack stack, Rescue.Scene scene, CloudLoss loss) {
    Instant now = now();
    LostCloud row = turn.row().silent(loss.silentSince(), pause(scene), now);
    if (row.state() == LostCloud.State.MOVING) {
      if (!stack.status().isTerminal()) {
        rescue.note(turn, row, now.plus(SOON), stack);
        return;
      }
      row = moved(row, stack, scene, now);
      if (row.state() != LostCloud.State.MOVED || scene.standby().isEmpty()) {
        rescue.note(
            turn,
            row,
            now.plus(row.state() == LostCloud.State.MOVED ? SETTLED : pause(row)),
            stack);
        return;
      }
    }
    if (scene.standby().isEmpty()) {
      if (scene.replaced().isEmpty()) {
        store.forget(turn);
      } else {
        rescue.note(turn, row, now.plus(SETTLED), stack);
      }
      return;
    }
    Map<String, Failover> spent = spent(row, scene, now);
    boolean allowed = row.decided().isPresent() || loss.isCertain();
    Map<String, Failover> leaving = row.decided().isPresent() ? scene.standby() : spent;
    if (allowed && !leaving.isEmpty()) {
      replace(turn, row, stack, scene, leaving);
      return;
    }
    boolean asks =
        !spent.isEmpty()
            && (loss.verdict() == CloudLoss.Verdict.SINGLE
                || loss.verdict() == CloudLoss.Verdict.BOTH);
    rescue.note(
        turn,
        row.in(
            asks ? LostCloud.State.ASKING : LostCloud.State.WATCHING,
            why(row, scene, loss, spent.isEmpty()),
            now),
        now.plus(SOON),
        stack);
  }

  private static Phrase why(LostCloud row, Rescue.Scene scene, CloudLoss loss, boolean tooSoon) {
    Object names = Phrase.names(List.copyOf(scene.standby().keySet()), MOST_NAMED);
    if (loss.verdict() == CloudLoss.Verdict.API_ALONE) {
      return Phrase.of("failover.api-alone", row.cloud(), names);
    }
    if (tooSoon) {
      return Phrase.of("failover.watching", row.cloud(), names);
    }
    return switch (loss.verdict()) {
      case OPEN -> Phrase.of("failover.open", row.cloud(), names);
      case SINGLE -> Phrase.of("failover.asks-unprobed", row.cloud(), names);
      default -> Phrase.of("failover.asks-one-vantage", row.cloud(), names);
    };
  }

  /** Those of which both the time and the tries are over. */
  private static Map<String, Failover> spent(LostCloud row, Rescue.Scene scene, Instant now) {
    Map<String, Failover> spent = new TreeMap<>();
    scene
        .standby()
        .forEach(
            (path, said) -> {
              if (row.checks() >= said.tries()
                  && !now.isBefore(row.silentSince().plus(said.after()))) {
                spent.put(path, said);
              }
            });
    return spent;
  }

  private static Duration pause(Rescue.Scene scene) {
    return scene.standby().values().stream()
        .map(Failover::pause)
        .min(Duration::compareTo)
        .orElse(SETTLED);
  }

  private static Duration pause(LostCloud row) {
    return AGAIN.multipliedBy(1L << Math.min(Math.max(0, row.tries() - 1), MOST_DOUBLINGS));
  }

  /** What has become of the stack since it was begun. */
  private static LostCloud moved(LostCloud row, Stack stack, Rescue.Scene scene, Instant now) {
    boolean ours = stack.plan().equals(row.plan().orElse(null));
    if (ours && stack.status().equals(StackStatus.UPDATED)) {
      return row.in(
          LostCloud.State.MOVED,
          Phrase.of("failover.moved", row.cloud(), stack.name(), names(scene.replaced())),
          now);
    }
    if (stack.status().isWhole()) {
      return row.in(
          LostCloud.State.MOVED, Phrase.of("failover.moved-otherwise", stack.name()), now);
    }
    return row.in(
        LostCloud.State.FAILED,
        Phrase.of("failover.failed", stack.name(), stack.reason()),
        List.of(),
        row.tries() + 1,
        now);
  }

  private void replace(
      FailoverStore.Turn turn,
      LostCloud row,
      Stack stack,
      Rescue.Scene scene,
      Map<String, Failover> leaving) {
    Instant now = now();
    try {
      LeavingPlan plan =
          rescue.plan(
              stack.id(),
              Leaving.lost(
                  new ClosedArea(Area.of(row.cloud()), Phrase.of("failover.closed", row.cloud())),
                  leaving.keySet()),
              row.decided().map(LostCloud.Decision::by).orElse(Rescue.NOBODY));
      if (plan.plan().isEmpty() || plan.moves().isEmpty()) {
        LostCloud held =
            row.in(LostCloud.State.HELD, held(row, plan.held()), plan.held(), row.tries() + 1, now);
        rescue.note(turn, held, now.plus(pause(held)), stack);
        return;
      }
      boolean removes =
          leaving.values().stream().allMatch(said -> said.onReturn() == Failover.OnReturn.REMOVE);
      LostCloud moving =
          row.moving(plan.plan().get().id(), removes, begun(row, plan, scene), plan.held(), now);
      rescue.begin(turn, stack, moving, now.plus(SOON));
    } catch (FederationFault fault) {
      refused(turn, row, stack, fault);
    }
  }

  private static Phrase begun(LostCloud row, LeavingPlan plan, Rescue.Scene scene) {
    Object names =
        Phrase.names(
            plan.moves().stream().map(move -> move.resource()).sorted().toList(), MOST_NAMED);
    List<String> stays = new ArrayList<>(scene.staying());
    plan.held().stream().map(Leaving.Held::resource).forEach(stays::add);
    Phrase staying =
        stays.isEmpty()
            ? Phrase.of("failover.nothing-stays")
            : Phrase.of(
                "failover.stays",
                Phrase.names(stays.stream().distinct().sorted().toList(), MOST_NAMED));
    return row.decided()
        .map(
            decision ->
                Phrase.of(
                    "failover.begun-by-person",
                    row.cloud(),
                    names,
                    staying,
                    decision.by(),
                    decision.because()))
        .orElseGet(() -> Phrase.of("failover.begun", row.cloud(), names, staying));
  }

  /** Every reason that was given, as far as people read. */
  private static Phrase held(LostCloud row, List<Leaving.Held> held) {
    List<String> names = held.stream().map(Leaving.Held::resource).distinct().sorted().toList();
    Optional<Phrase> first = held.stream().flatMap(one -> one.why().stream()).findFirst();
    return Phrase.of(
        "failover.held",
        row.cloud(),
        Phrase.names(names, MOST_NAMED),
        first.orElseGet(() -> Phrase.of("failover.no-reason")));
  }

  private void refused(FailoverStore.Turn turn, LostCloud row, Stack stack, FederationFault fault) {
    Instant now = now();
    switch (fault.code()) {
      case NOT_FOUND -> store.forget(turn);
      case CONFLICT, STALE_PLAN ->
          rescue.note(
              turn, row.in(LostCloud.State.AT_WORK, fault.phrase(), now), now.plus(AT_WORK), stack);
      default -> {
        LostCloud failed =
            row.in(
                LostCloud.State.FAILED,
                Phrase.of("failover.failed", stack.name(), fault.phrase()),
                List.of(),
                row.tries() + 1,
                now);
        rescue.note(turn, failed, now.plus(pause(failed)), stack);
      }
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
