package io.isthmus.domain.insurance;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Foresight;
import io.isthmus.domain.placement.LossPlan;
import io.isthmus.domain.placement.LostResource;
import io.isthmus.domain.placement.PlanService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Counts for each cloud what would become of every stack if it vanished now: stack after stack,
 * each planned in the federation as those before would have left it. Nothing is done and no cloud
 * is called. One server counts a cloud at a time, a little at each wake, so that counting thousands
 * of stacks holds up nothing else; when it dies, another begins that cloud again.
 */
@ApplicationScoped
public class InsurancePass {

  private static final Logger LOG = Logger.getLogger(InsurancePass.class.getName());

  static final Duration LEASE = Duration.ofMinutes(2);

  /** How soon a cloud is counted again at the latest: quotas, prices and clouds change, too. */
  static final Duration EVERY = Duration.ofMinutes(5);

  /** How soon because stacks changed, at the soonest. */
  static final Duration SOONEST = Duration.ofSeconds(30);

  /** Whoever takes long to count is counted for at most one part in this many of all time. */
  private static final int SHARE = 5;

  /** Longest that one wake plans; planning one stack more may end later. */
  static final Duration MOST_OF_WAKE = Duration.ofSeconds(2);

  /** How often it is looked whether stacks have changed. */
  static final Duration NOTICE = Duration.ofSeconds(15);

  private InsuranceStore store;
  private Losses losses;
  private Clock clock;
  private final ReentrantLock turn = new ReentrantLock();
  private Optional<Round> round = Optional.empty();
  private Optional<Instant> noticed = Optional.empty();

  /** Tells what a loss would do; {@link PlanService} but in tests. */
  interface Losses {
    LossPlan foresee(InsuranceStore.Presence stack, CloudId cloud, Foresight foresight);
  }

  /** A count that goes on over several wakes. */
  private record Round(
      InsuranceStore.Turn turn, Deque<InsuranceStore.Presence> open, Foresight foresight) {}

  @Inject
  InsurancePass(InsuranceStore store, PlanService plans) {
    this(
        store,
        (stack, cloud, foresight) -> plans.foreseeLoss(stack.stack().value(), cloud, foresight),
        Clock.systemUTC());
  }

  InsurancePass(InsuranceStore store, Losses losses, Clock clock) {
    this.store = store;
    this.losses = losses;
    this.clock = clock;
  }

  /** For the container's proxies. */
  protected InsurancePass() {}

  /**
   * Goes on with what is being counted, or begins what is due.
   *
   * @return how many stacks were counted
   */
  public int run() {
    if (!turn.tryLock()) {
      // The wake before is not through.
      return 0;
    }
    try {
      return work(now().plus(MOST_OF_WAKE));
    } catch (InsuranceStore.TurnLost lost) {
      LOG.log(Level.FINE, "a cloud is counted by another", lost);
      round = Optional.empty();
      return 0;
    } catch (RuntimeException e) {
      // The lease ends by itself, and the cloud is counted again.
      round = Optional.empty();
      throw e;
    } finally {
      turn.unlock();
    }
  }

  private int work(Instant end) {
    Instant now = now();
    if (noticed.isEmpty() || !now.isBefore(noticed.get().plus(NOTICE))) {
      store.notice(now);
      noticed = Optional.of(now);
    }
    int counted = 0;
    while (now().isBefore(end)) {
      if (round.isEmpty()) {
        round = begin();
      } else {
        store.renew(round.get().turn(), now().plus(LEASE));
      }
      if (round.isEmpty()) {
        return counted;
      }
      counted += goOn(round.get(), end);
    }
    return counted;
  }

  private Optional<Round> begin() {
    Instant now = now();
    return store
        .take(now.plus(LEASE), now)
        .map(
            taken ->
                new Round(
                    taken, new ArrayDeque<>(store.presences(taken.cloud())), new Foresight()));
  }

  private int goOn(Round it, Instant end) {
    int counted = 0;
    while (!it.open().isEmpty()) {
      if (!now().isBefore(end)) {
        return counted;
      }
      InsuranceStore.Presence next = it.open().pop();
      store.write(it.turn(), next.plan(), count(it, next));
      counted++;
    }
    Instant now = now();
    Duration took = Duration.between(it.turn().beganAt(), now);
    Duration soonest = longer(SOONEST, took.multipliedBy(SHARE - 1L));
    store.complete(it.turn(), now.plus(longer(EVERY, soonest)), now.plus(soonest), now);
    round = Optional.empty();
    return counted;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private InsuredStack count(Round it, InsuranceStore.Presence stack) {
    try {
      LossPlan plan = losses.foresee(stack, it.turn().cloud(), it.foresight());
      List<LostResource> told = told(plan.resources());
      return counted(
          stack, plan.counts(), 0, Optional.empty(), told, plan.resources().size() - told.size());
    } catch (FederationFault fault) {
      return unknown(stack, fault.phrase());
    } catch (InsuranceStore.TurnLost lost) {
      throw lost;
    } catch (RuntimeException e) {
      // One that breaks the count is told as unknown, and holds up no other.
      LOG.log(Level.WARNING, "what the loss of " + it.turn().cloud() + " does to " + stack, e);
      return unknown(stack, Phrase.of("insurance.broke", stack.name()));
    }
  }

  private InsuredStack unknown(InsuranceStore.Presence stack, Phrase why) {
    return counted(stack, Map.of(), stack.parts(), Optional.of(why), List.of(), 0);
  }

  private InsuredStack counted(
      InsuranceStore.Presence stack,
      Map<LostResource.Outcome, Integer> counts,
      int unknown,
      Optional<Phrase> problem,
      List<LostResource> resources,
      int more) {
    return new InsuredStack(
        stack.stack(),
        stack.project(),
        stack.name(),
        now(),
        false,
        counts,
        unknown,
        problem,
        resources,
        more);
  }

  /** The worst first, as many as are kept. */
  static List<LostResource> told(List<LostResource> resources) {
    List<LostResource> all = sorted(resources);
    List<LostResource> told = new ArrayList<>();
    for (LostResource one : all.subList(0, Math.min(all.size(), InsuredStack.MOST_TOLD))) {
      told.add(told.size() < InsuredStack.MOST_EXPLAINED ? one : one.brief());
    }
    return told;
  }

  /** The worst first. */
  static List<LostResource> sorted(List<LostResource> resources) {
    return resources.stream().sorted(Comparator.comparing(LostResource::outcome)).toList();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
