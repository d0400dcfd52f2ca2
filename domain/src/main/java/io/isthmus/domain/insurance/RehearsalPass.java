package io.isthmus.domain.insurance;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.insurance.RehearsalRun.Outcome;
import io.isthmus.domain.insurance.RehearsalRun.Phase;
import io.isthmus.domain.insurance.RehearsalRun.Returns;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Leaving;
import io.isthmus.domain.placement.LeavingPlan;
import io.isthmus.domain.placement.PlanId;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackPart.Goal;
import io.isthmus.domain.stack.StackStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * Carries rehearsals on that move stacks and move them back: measures what is seen, begins the way
 * back, sees to it that nothing is left behind, and gives way to losses in truth. All that it knows
 * is in the database, so that any server goes on where another was killed.
 */
@ApplicationScoped
public class RehearsalPass {

  private static final Logger LOG = Logger.getLogger(RehearsalPass.class.getName());

  static final Duration LEASE = Duration.ofMinutes(2);

  /** How soon what moves is looked at again, which is how exactly it is measured. */
  static final Duration SOON = Duration.ofSeconds(2);

  /** How soon what waits for a person, or for something else that is done to the stack. */
  static final Duration SETTLED = Duration.ofSeconds(10);

  /** How soon moving back is tried again, the first time; doubled each time. */
  static final Duration AGAIN = Duration.ofSeconds(10);

  private static final int MOST_DOUBLINGS = 4;
  private static final int MOST_NAMED = 8;

  private RehearsalRunStore store;
  private RehearsalWork work;
  private Clock clock;

  @Inject
  RehearsalPass(RehearsalRunStore store, RehearsalWork work) {
    this(store, work, Clock.systemUTC());
  }

  RehearsalPass(RehearsalRunStore store, RehearsalWork work, Clock clock) {
    this.store = store;
    this.work = work;
    this.clock = clock;
  }

  /** For the container's proxies. */
  protected RehearsalPass() {}

  /**
   * Carries each on that is due and that nobody else does.
   *
   * @return how many
   */
  public int run() {
    int carried = 0;
    for (Optional<RehearsalRunStore.Turn> turn = take(); turn.isPresent(); turn = take()) {
      try {
        new Step(turn.get()).take();
      } catch (RehearsalRunStore.TurnLost lost) {
        LOG.log(Level.FINE, "a rehearsal is carried on by another", lost);
      } catch (RuntimeException e) {
        // One that breaks holds up no other; its lease runs out, and it comes again.
        LOG.log(Level.WARNING, "carrying on rehearsal " + turn.get().run().rehearsal(), e);
      }
      carried++;
    }
    return carried;
  }

  private Optional<RehearsalRunStore.Turn> take() {
    Instant now = now();
    return store.take(now.plus(LEASE), now);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /** One look at one rehearsal, and what comes of it. */
  private final class Step {

    private final RehearsalRunStore.Turn turn;
    private final Instant now = now();
    private RehearsalRun run;
    private Stack stack;
    private List<StackPart> parts;

    Step(RehearsalRunStore.Turn turn) {
      this.turn = turn;
      this.run = turn.run();
    }

    void take() {
      Optional<Stack> found = work.find(run.stack());
      if (found.isEmpty() || found.get().isLeaving()) {
        end(Outcome.ABANDONED, Phrase.of("insurance.stack-deleted", run.cloud()));
        return;
      }
      stack = found.get();
      parts = work.parts(run.stack());
      if (run.phase() == Phase.CLEARING) {
        clear();
        return;
      }
      run = Measuring.seen(run, parts, work.probes(run.stack()), now);
      Set<CloudId> silent = work.silent(stack, clouds());
      if (silent.contains(run.cloud())) {
        lostInTruth();
      } else if (!silent.isEmpty() && !isReturning()) {
        giveWay(silent);
      } else {
        switch (run.phase()) {
          case MOVING -> move();
          case AWAY -> stayAway();
          default -> comeBack();
        }
      }
    }

    /** Those in which the stack has something, or that something of it has left. */
    private Set<CloudId> clouds() {
      Set<CloudId> clouds =
          parts.stream()
              .filter(part -> part.goal() == Goal.PRESENT)
              .map(part -> part.id().cloud())
              .collect(Collectors.toCollection(TreeSet::new));
      clouds.add(run.cloud());
      return clouds;
    }

    private boolean isReturning() {
      return run.phase() == Phase.RETURNING && run.backPlan().isPresent();
    }

    private boolean isBy(Optional<PlanId> plan) {
      return plan.equals(Optional.of(stack.plan()));
    }

    // ---- a loss in truth goes before

    /** What has moved stays where it is, as it would if its loss had not been played. */
    private void lostInTruth() {
      Phrase why = Phrase.of("insurance.lost-in-truth", run.cloud());
      if (isReturning() && !stack.status().isTerminal()) {
        work.interrupt(run.stack(), true, interrupted(), now);
      }
      work.handOver(turn, run.ended(Outcome.OVERTAKEN, why, now), now);
    }

    /** Another cloud of the stack is silent. */
    private void giveWay(Set<CloudId> silent) {
      Phrase why =
          Phrase.of(
              "insurance.gives-way",
              Phrase.names(silent.stream().map(CloudId::text).toList(), MOST_NAMED),
              run.cloud());
      if (run.phase() == Phase.MOVING && !stack.status().isTerminal()) {
        work.interrupt(run.stack(), false, interrupted(), now);
      }
      run = run.clearing(Outcome.OVERTAKEN, why, now);
      note(SOON, true);
    }

    private Phrase interrupted() {
      return Phrase.of("insurance.interrupted", run.cloud());
    }

    // ---- away

    private void move() {
      if (!stack.status().isTerminal()) {
        note(SOON, false);
      } else if (!isBy(Optional.of(run.plan()))) {
        changed();
      } else if (!stack.status().isWhole()) {
        run =
            run.moved(
                Phase.RETURNING,
                Optional.of(Outcome.FAILED),
                Phrase.of("insurance.move-failed", run.cloud(), stack.reason()),
                now);
        note(Duration.ZERO, true);
      } else if (!run.isAway()) {
        note(SOON, isToBeStopped());
      } else {
        arrived();
      }
    }

    private void arrived() {
      List<String> mute =
          run.servers().stream()
              .filter(one -> one.well(one.away()).isEmpty())
              .map(RehearsedServer::resource)
              .toList();
      boolean stays = run.returns() == Returns.ASK && run.backBy().isEmpty();
      Phrase why =
          mute.isEmpty()
              ? Phrase.of(
                  stays ? "insurance.moved-asks" : "insurance.moved",
                  run.cloud(),
                  seconds(run.recovery()))
              : Phrase.of("insurance.mute", Phrase.names(mute, MOST_NAMED), run.cloud());
      run =
          run.moved(
              stays ? Phase.AWAY : Phase.RETURNING,
              mute.isEmpty() ? Optional.empty() : Optional.of(Outcome.FAILED),
              why,
              now);
      note(stays ? SETTLED : Duration.ZERO, isToBeStopped());
    }

    private void stayAway() {
      if (!stack.status().isTerminal()) {
        note(SETTLED, false);
      } else if (!isBy(Optional.of(run.plan()))) {
        changed();
      } else if (run.backBy().isPresent()) {
        run =
            run.in(
                Phase.RETURNING,
                Phrase.of("insurance.back-asked", run.backBy().get().name(), run.cloud()));
        note(Duration.ZERO, false);
      } else {
        note(SETTLED, isToBeStopped());
      }
    }

    /** The engine has not seen yet that the cloud answers, or not stopped what was left there. */
    private boolean isToBeStopped() {
      return parts.stream()
          .filter(part -> part.isReplaced() && part.id().cloud().equals(run.cloud()))
          .anyMatch(part -> !part.isBack() || part.mayStillRun() && !part.cannotBeStopped());
    }

    // ---- back

    private void comeBack() {
      if (!stack.status().isTerminal()) {
        note(SOON, false);
      } else if (run.backPlan().isEmpty()) {
        if (isBy(Optional.of(run.plan()))) {
          begin();
        } else {
          changed();
        }
      } else if (isBy(run.backPlan()) && stack.status().equals(StackStatus.UPDATED)) {
        cameBack();
      } else if (isBy(run.backPlan()) || isBy(Optional.of(run.plan()))) {
        again(Phrase.of("insurance.return-failed", run.cloud(), stack.reason()));
      } else {
        changed();
      }
    }

    private void cameBack() {
      if (!run.isBack()) {
        note(SOON, false);
        return;
      }
      Outcome came = run.outcome().orElse(Outcome.RETURNED);
      run = run.clearing(came, Phrase.of("insurance.back", run.cloud()), now);
      note(SOON, true);
    }

    private void begin() {
      try {
        LeavingPlan plan = work.planBack(stack, run);
        if (plan.plan().isEmpty() && plan.held().isEmpty()) {
          // Nothing of it is elsewhere: it never came so far.
          run =
              run.clearing(
                  run.outcome().orElse(Outcome.RETURNED),
                  Phrase.of("insurance.back", run.cloud()),
                  now);
          note(SOON, true);
        } else if (!plan.held().isEmpty() || plan.plan().isEmpty()) {
          again(held(plan.held()));
        } else {
          work.beginReturn(
              turn,
              stack,
              run.returning(
                  plan.plan().get().id(),
                  Phrase.of("insurance.returning", stack.name(), run.cloud()),
                  now),
              now.plus(SOON));
        }
      } catch (FederationFault fault) {
        switch (fault.code()) {
          case NOT_FOUND -> end(Outcome.ABANDONED, fault.phrase());
          case CONFLICT, STALE_PLAN -> note(SETTLED, false);
          default -> again(Phrase.of("insurance.return-failed", run.cloud(), fault.phrase()));
        }
      }
    }

    private Phrase held(List<Leaving.Held> held) {
      return Phrase.of(
          "insurance.return-held",
          run.cloud(),
          Phrase.names(
              held.stream().map(Leaving.Held::resource).distinct().sorted().toList(), MOST_NAMED),
          held.stream()
              .flatMap(one -> one.why().stream())
              .findFirst()
              .orElseGet(() -> Phrase.of("insurance.no-reason")));
    }

    private void again(Phrase why) {
      int doublings = Math.min(run.tries(), MOST_DOUBLINGS);
      run = run.again(why);
      note(AGAIN.multipliedBy(1L << doublings), true);
    }

    // ---- what is left

    private void changed() {
      run =
          run.clearing(
              Outcome.CHANGED, Phrase.of("insurance.changed", stack.name(), run.cloud()), now);
      note(SOON, true);
    }

    private void clear() {
      boolean left =
          parts.stream()
              .filter(part -> !part.isGone())
              .anyMatch(
                  part ->
                      part.isReplaced() && part.id().cloud().equals(run.cloud())
                          || isHomecoming() && part.goal() == Goal.ABSENT);
      if (left) {
        note(SOON, true);
      } else {
        end(run.outcome().orElse(Outcome.RETURNED), last());
      }
    }

    private boolean isHomecoming() {
      return run.outcome()
          .filter(came -> came == Outcome.RETURNED || came == Outcome.FAILED)
          .isPresent();
    }

    private Phrase last() {
      return switch (run.outcome().orElse(Outcome.RETURNED)) {
        case RETURNED ->
            Phrase.of(
                "insurance.ended", run.cloud(), seconds(run.recovery()), seconds(run.homecoming()));
        case FAILED -> Phrase.of("insurance.ended-failed", run.cloud());
        default -> Phrase.of("insurance.ended-cleared", run.cloud());
      };
    }

    private void end(Outcome came, Phrase why) {
      run = run.ended(came, why, now);
      work.note(turn, run, Optional.empty(), false, now);
    }

    private void note(Duration after, boolean looks) {
      work.note(turn, run, Optional.of(now.plus(after)), looks, now);
    }

    private static String seconds(Optional<Duration> time) {
      return time.map(span -> Long.toString(Math.round(span.toMillis() / 1000.0))).orElse("?");
    }
  }
}
