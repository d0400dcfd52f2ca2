package io.isthmus.domain.probe;

import io.isthmus.domain.cloud.AddressGuard;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.metrics.ProbeMeter;
import io.isthmus.domain.placement.Failover;
import io.isthmus.domain.placement.PlanStore;
import io.isthmus.domain.placement.PlannedPart;
import io.isthmus.domain.placement.Probe;
import io.isthmus.domain.stack.StackChange.Happening;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackStore;
import io.isthmus.domain.stack.StackWanted;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Asks what is due, and writes what came of it. Each server of ours sees for itself; those that
 * stand in the same place share the work, and one that stands in a cloud leaves out what is in that
 * cloud, since it would be lost together with it. What is on its way is bounded, and no thread
 * waits for it.
 */
@ApplicationScoped
public class ProbePass {

  private static final Logger LOG = Logger.getLogger(ProbePass.class.getName());

  static final int MOST_AT_ONCE = 256;

  /** A server that takes longer does not do what it is there for. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  /** After which somebody else asks what this server has taken and not told of. */
  static final Duration LEASE = Duration.ofSeconds(20);

  /** Nobody stands any more where nothing was asked for so long. */
  private static final Duration ABANDONED = Duration.ofDays(1);

  private static final Duration TIDY = Duration.ofMinutes(10);
  private static final int STACKS_AT_ONCE = 50;

  private ProbeStore probes;
  private StackStore stacks;
  private PlanStore plans;
  private Prober prober;
  private ProbeMeter meter;
  private Vantage vantage;
  private ProbeAddresses addresses;
  private Consumer<StackId> wanted;
  private Clock clock;

  private final AtomicBoolean running = new AtomicBoolean();
  private Instant tidied = Instant.MIN;
  private final AtomicInteger asked = new AtomicInteger();
  private final Queue<Answered> answers = new ConcurrentLinkedQueue<>();

  /** What came of a probe, and when. */
  private record Answered(ProbeTask task, ProbeAnswer answer, Instant at) {}

  @Inject
  ProbePass(
      ProbeStore probes,
      StackStore stacks,
      PlanStore plans,
      Prober prober,
      ProbeMeter meter,
      AddressGuard guard,
      ProbeSettings settings,
      Event<StackWanted> wanted) {
    this(
        probes,
        stacks,
        plans,
        prober,
        meter,
        guard,
        settings,
        stack -> wanted.fire(new StackWanted(stack)),
        Clock.systemUTC());
  }

  /**
   * @param wanted is told of each stack that is to be looked at
   */
  ProbePass(
      ProbeStore probes,
      StackStore stacks,
      PlanStore plans,
      Prober prober,
      ProbeMeter meter,
      AddressGuard guard,
      ProbeSettings settings,
      Consumer<StackId> wanted,
      Clock clock) {
    this.probes = probes;
    this.stacks = stacks;
    this.plans = plans;
    this.prober = prober;
    this.meter = meter;
    this.vantage = settings.vantage();
    this.addresses = new ProbeAddresses(guard, settings);
    this.wanted = wanted;
    this.clock = clock;
  }

  /** For the container's proxies. */
  protected ProbePass() {}

  /** Writes what has come, and asks what is due; nothing when another thread does it already. */
  public void run() {
    if (!running.compareAndSet(false, true)) {
      return;
    }
    try {
      writeAnswers();
      followStacks();
      ask();
      tidy();
    } finally {
      running.set(false);
    }
  }

  private void tidy() {
    Instant now = now();
    if (tidied.equals(Instant.MIN) || !now.isBefore(tidied.plus(TIDY))) {
      tidied = now;
      probes.forgetAbandoned(now.minus(ABANDONED));
    }
  }

  private void writeAnswers() {
    for (Answered next = answers.poll(); next != null; next = answers.poll()) {
      try {
        write(next);
      } catch (RuntimeException e) {
        // One that cannot be written comes again when its lease is over.
        LOG.log(Level.WARNING, "keeping what came of a probe of stack " + next.task().stack(), e);
      }
    }
  }

  private void write(Answered answered) {
    ProbeTask task = answered.task();
    meter.probed(
        task.part().id().cloud(),
        task.probe().kind().text(),
        answered.answer().failure().isEmpty());
    ProbeState before = task.state();
    ProbeState now = before.next(answered.answer(), task.tries(), task.after(), answered.at());
    if (probes.record(task.with(now), vantage, answered.at().plus(task.pause()))
        && before.failing() != now.failing()) {
      if (!probes.isAnsweredElsewhere(task, vantage, answered.at())) {
        tell(task, now);
      }
      probes.wake(task.stack(), answered.at());
      wanted.accept(task.stack());
    }
  }

  /**
   * Into the story of the stack, while the server is there. Asked from several places it is told
   * once: when the last of them hears nothing any more, and when the first hears something again.
   */
  private void tell(ProbeTask task, ProbeState now) {
    stacks.parts(task.stack(), task.part().id()).stream()
        .filter(part -> part.key().equals(task.part()) && part.isComplete())
        .findFirst()
        .ifPresent(
            part ->
                stacks.tell(
                    task.stack(),
                    List.of(
                        Happening.of(
                            part,
                            now.failing()
                                ? failing(task, now)
                                : Phrase.of(
                                    "probe.answers-again",
                                    part.id().resource(),
                                    part.id().place(),
                                    task.probe()))),
                    clock.instant().truncatedTo(ChronoUnit.MICROS)));
  }

  private static Phrase failing(ProbeTask task, ProbeState now) {
    return Phrase.of(
        "probe.fails",
        task.part().id().resource(),
        task.part().id().place(),
        task.probe(),
        now.reason().orElse(Phrase.verbatim("")),
        now.failures());
  }

  // ---- which probes there are

  private void followStacks() {
    for (ProbeStore.Changed stack : probes.changed(vantage, STACKS_AT_ONCE)) {
      try {
        Instant now = now();
        probes.replace(stack, vantage, tasks(stack, now), now);
      } catch (RuntimeException e) {
        // One that cannot be read holds up no other; it comes again.
        LOG.log(Level.WARNING, "finding the probes of stack " + stack.stack(), e);
      }
    }
  }

  private List<ProbeTask> tasks(ProbeStore.Changed stack, Instant now) {
    Map<String, Failover> failovers = new HashMap<>();
    // What moved since it was planned is probed where it is now.
    plans.find(stack.plan()).stream()
        .flatMap(plan -> plan.placement().parts().stream())
        .forEach(
            (PlannedPart part) ->
                part.failover().ifPresent(said -> failovers.put(part.id().resource(), said)));
    List<ProbeTask> tasks = new ArrayList<>();
    if (failovers.isEmpty() || stack.leaving()) {
      return tasks;
    }
    List<StackPart> all = stacks.parts(stack.stack());
    for (StackPart part : all) {
      Optional<Failover> said = Optional.ofNullable(failovers.get(part.id().resource()));
      if (said.isEmpty() || !part.isComplete() || vantage.isWithin(part.id().cloud())) {
        continue;
      }
      ProbeAddresses.Found found = addresses.of(part, all);
      ProbeState state =
          found
              .reason()
              .filter(why -> found.address().isEmpty())
              .map(why -> ProbeState.outOfReach(why, now))
              .orElseGet(() -> ProbeState.untried(now));
      for (Probe probe : said.get().probes()) {
        tasks.add(
            new ProbeTask(
                stack.stack(),
                part.key(),
                probe,
                found.address(),
                said.get().tries(),
                said.get().after(),
                said.get().pause(),
                state,
                0));
      }
    }
    return tasks;
  }

  // ---- asking

  private void ask() {
    int free = MOST_AT_ONCE - asked.get();
    if (free <= 0) {
      return;
    }
    Instant now = now();
    Set<ProbeTask> taken = new HashSet<>(probes.take(vantage, free, now, now.plus(LEASE)));
    for (ProbeTask task : taken) {
      String address = task.address().orElseThrow();
      // What is allowed may be another than when the address was found.
      Optional<Phrase> refusal = addresses.refusal(address);
      if (refusal.isPresent()) {
        answers.add(new Answered(task, ProbeAnswer.failed(refusal.get()), now));
        continue;
      }
      asked.incrementAndGet();
      asked(task, address)
          .whenComplete(
              (answer, failure) -> {
                asked.decrementAndGet();
                ProbeAnswer came =
                    failure == null
                        ? answer
                        : ProbeAnswer.failed(Phrase.of("probe.broke-off", address));
                // The thread is nobody's: all that needs the container waits for the next pass.
                answers.add(new Answered(task, came, now()));
              });
    }
  }

  private CompletionStage<ProbeAnswer> asked(ProbeTask task, String address) {
    try {
      return prober.ask(ProbeAddresses.literal(address).orElseThrow(), task.probe(), PATIENCE);
    } catch (RuntimeException e) {
      // Else it would count as being on its way for ever.
      return CompletableFuture.failedFuture(e);
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
