package io.isthmus.domain.stack.engine;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.stack.Deviation;
import io.isthmus.domain.stack.Lease;
import io.isthmus.domain.stack.LeaseLost;
import io.isthmus.domain.stack.Outcome;
import io.isthmus.domain.stack.PartKey;
import io.isthmus.domain.stack.Sighting;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackChange.Header;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackPart.Goal;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.domain.stack.Trouble;
import io.isthmus.domain.trace.RequestId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * One engine's work on one stack, from taking the lease to giving it back.
 *
 * <p>Whatever happens is posted and handled one after the other; what has been posted meanwhile is
 * handled together, and what it changes is written in one transaction. A part whose requirements
 * are complete is asked for at once. What is intended is written before the call, what came of it
 * after; no transaction is held during the call. More is intended than is asked at the same time,
 * so that a cloud that has answered is asked for the next part while its answer is written. If it
 * is killed, or loses its lease, all it leaves behind is what it wrote and what clouds hold under
 * our marks, and the next run goes on from there.
 */
final class StackRun {

  private static final Logger LOG = Logger.getLogger(StackRun.class.getName());

  /** A call that is made once its intent is written. */
  private record Call(Step step, Asking.Request request) {}

  private final Engine engine;
  private final EngineLimits limits;
  private final Lanes intents;
  private final Lanes calling;
  private final PartTurns turns;
  private final Repair repair;
  private final Consumer<StackRun> whenOver;

  private final Queue<Runnable> inbox = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean handling = new AtomicBoolean();
  private volatile Lease lease;
  private volatile boolean over;

  /** Another may have the stack as soon as no call of this run is under way. */
  private boolean toHandOver;

  private Ledger ledger;
  private Reach reach;
  private Asking asking;
  private Looking looking;
  private Moving moving;
  private Turnover turnover;

  /** Parts for which a call waits or is under way. */
  private final Set<PartKey> busy = new HashSet<>();

  private final List<Call> calls = new ArrayList<>();
  private Optional<Instant> wakeAt = Optional.empty();

  /** As they were when it was begun or last woken: whatever changes them wakes the stack. */
  private Optional<Map<PartKey, Phrase>> failingProbes = Optional.empty();

  /** Likewise. */
  private Optional<Map<PartKey, List<Deviation>>> toPutRight = Optional.empty();

  /**
   * @param intents bounds the calls to each cloud that are intended or under way
   * @param calling bounds those that are under way
   * @param whenOver told once, when the stack is not worked on any more
   */
  StackRun(Engine engine, Lanes intents, Lanes calling, Lease lease, Consumer<StackRun> whenOver) {
    this.engine = engine;
    this.limits = engine.limits();
    this.intents = intents;
    this.calling = calling;
    this.lease = lease;
    this.whenOver = whenOver;
    this.turns =
        new PartTurns(
            limits,
            new Backoff(limits.longestBackoff(), engine.random()),
            id -> ledger.nextGeneration(id));
    this.repair = new Repair(turns);
  }

  Lease lease() {
    return lease;
  }

  /** Reads the stack and begins; a settled one is first looked at whole. */
  void begin() {
    post(this::read);
    renewLater();
  }

  private void read() {
    ledger = new Ledger(engine.store(), lease);
    reach = new Reach(engine, ledger);
    asking = new Asking(engine, ledger, reach, turns);
    moving = new Moving(ledger, engine.relocations(), asking::graph, turns, limits.erringTries());
    turnover = new Turnover(ledger, engine.relocations(), asking::graph, turns);
    looking = new Looking(engine, ledger, reach, new LookTurns(limits, turns), busy, now());
    if (ledger.stack().status().isTerminal()) {
      looking.wantAll(now());
    }
  }

  /** A person has asked for something; it is read at once. */
  void poke() {
    post(
        () -> {
          if (!over) {
            ledger.flush(lease, now());
            ledger.reread();
            failingProbes = Optional.empty();
            toPutRight = Optional.empty();
          }
        });
  }

  // ---- one after the other

  private void post(Runnable happening) {
    inbox.add(happening);
    handleSoon();
  }

  private void handleSoon() {
    if (handling.compareAndSet(false, true)) {
      engine.scheduler().execute(this::handle);
    }
  }

  private void handle() {
    try {
      guarded(this::advance);
      // Calls that were promised a run which has ended give their place in the lane back.
      while (over && !inbox.isEmpty()) {
        takeIn();
      }
      handOver();
    } finally {
      handling.set(false);
      if (!inbox.isEmpty()) {
        handleSoon();
      }
    }
  }

  private void handOver() {
    if (toHandOver && busy.isEmpty()) {
      toHandOver = false;
      // Where the lease only ran out, and nobody has taken it, whoever comes next goes on at once.
      guarded(() -> engine.store().release(lease, Optional.of(now())));
    }
  }

  private void takeIn() {
    for (Runnable next = inbox.poll(); next != null; next = inbox.poll()) {
      next.run();
    }
  }

  private void advance() {
    boolean again = true;
    Difference difference = null;
    while (again) {
      takeIn();
      if (over) {
        return;
      }
      if (prepare()) {
        continue;
      }
      difference = decide();
      again = !inbox.isEmpty() || ledger.flush(lease, now()) || busy.isEmpty() && turnover.isDue();
    }
    makeCalls();
    look();
    waitOrFinish(difference);
  }

  /**
   * @return whether the stack is found in another action than it was known to be
   */
  private boolean prepare() {
    adoptDeletion();
    removeReplaced();
    giveUpWhatTakesTooLong();
    replaceWhatVanished();
    putRightWhatWasChanged();
    giveUpWhatVanishedAsleep();
    if (!busy.isEmpty()) {
      return false;
    }
    BooleanSupplier write = () -> ledger.flush(lease, now());
    return turnover.turn(now(), write) || moving.move(now(), write);
  }

  private void replaceWhatVanished() {
    Turn replaced = repair.of(ledger.stack(), idle(), looking::hasSeen, now());
    if (!replaced.parts().isEmpty() && engine.store().onDrift(ledger.stack().id()).makesAnew()) {
      ledger.note(replaced);
    }
  }

  private void putRightWhatWasChanged() {
    Stack stack = ledger.stack();
    if (!PuttingRight.isPossible(stack)) {
      return;
    }
    if (toPutRight.isEmpty()) {
      toPutRight = Optional.of(engine.store().toPutRight(stack.id()));
    }
    ledger.note(PuttingRight.of(stack, idle(), toPutRight.get(), asking::isUpdatable));
  }

  private void giveUpWhatVanishedAsleep() {
    Stack stack = ledger.stack();
    ledger.note(
        Turn.all(
            idle().stream()
                .filter(part -> Sleep.isLostAsleep(stack, part))
                .map(
                    part ->
                        turns.sleepOrWakingFailed(
                            part,
                            false,
                            Trouble.of(
                                new FederationFault(
                                    FaultCode.CLOUD_REJECTED, Words.of("missing", part)),
                                now()),
                            now()))
                .toList()));
  }

  private Difference decide() {
    settle();
    Difference difference =
        Difference.between(ledger.stack(), ledger.parts(), looking.doubles(), now());
    for (Step step : difference.steps()) {
      if (busy.add(step.part().key())) {
        intents.enter(step.part().id().cloud(), () -> post(() -> start(step)));
      }
    }
    return difference;
  }

  private void adoptDeletion() {
    if (ledger.stack().isLeaving()) {
      ledger.note(
          Turn.all(
              idle().stream()
                  .filter(part -> part.goal() != Goal.ABSENT && part.goal() != Goal.RETAINED)
                  .map(part -> turns.unwanted(part, now()))
                  .toList()));
    }
  }

  /** What was replaced goes when a rule or a person says so, once nothing of it runs any more. */
  private void removeReplaced() {
    Map<CloudId, List<StackPart>> back =
        idle().stream()
            .filter(StackPart::isBack)
            .collect(Collectors.groupingBy(part -> part.id().cloud()));
    if (back.isEmpty() || ledger.stack().isLeaving()) {
      return;
    }
    back.keySet()
        .removeIf(
            cloud ->
                ledger.parts().stream()
                    .anyMatch(
                        part ->
                            part.id().cloud().equals(cloud)
                                && part.mayStillRun()
                                && !part.cannotBeStopped()));
    if (!back.isEmpty()) {
      back.keySet().retainAll(engine.store().replacedToRemove(ledger.stack().id()));
      ledger.note(
          Turn.all(
              back.values().stream()
                  .flatMap(List::stream)
                  .map(part -> turns.unwanted(part, now()))
                  .toList()));
    }
  }

  private void giveUpWhatTakesTooLong() {
    Stack stack = ledger.stack();
    Duration limit = stack.isLeaving() ? limits.deleteTimeout() : limits.createTimeout();
    if (stack.status().isAtRest()) {
      Overdue overdue = new Overdue(stack, turns, tooLate(limit));
      ledger.note(
          Turn.all(idle().stream().map(part -> overdue.atRest(part, limit, now())).toList()));
    }
    if (stack.status().isTerminal() || now().isBefore(stack.actionSince().plus(limit))) {
      return;
    }
    Overdue overdue = new Overdue(stack, turns, tooLate(limit));
    ledger.note(Turn.all(idle().stream().map(part -> overdue.of(part, now())).toList()));
  }

  private Trouble tooLate(Duration limit) {
    return Trouble.of(
        new FederationFault(
            FaultCode.CLOUD_TIMEOUT, Phrase.of("stack.took-too-long", limit.toMinutes())),
        now());
  }

  private void settle() {
    Stack stack = ledger.stack();
    boolean checks = stack.status().equals(StackStatus.CHECKING);
    if ((stack.status().isWhole() || checks) && failingProbes.isEmpty()) {
      failingProbes = Optional.of(engine.store().failingProbes(stack.id()));
    }
    boolean quiet = busy.isEmpty();
    Map<PartKey, Phrase> failing = failingProbes.orElse(Map.of());
    Header header =
        checks
            ? Settlement.checking(
                stack,
                ledger.parts(),
                quiet && looking.hasSeenAll(stack.actionSince(), now()),
                failing)
            : Settlement.of(stack, ledger.parts(), quiet, failing);
    Header known = new Header(stack.actionSince(), stack.status(), stack.reason(), stack.health());
    if (!header.equals(known)) {
      if (checks && header.status().equals(StackStatus.CHECK_FAILED)) {
        ledger.note(new Turn(List.of(), Settlement.foundWrong(ledger.parts())));
      }
      ledger.note(header, now());
    }
  }

  private List<StackPart> idle() {
    return ledger.parts().stream().filter(part -> !busy.contains(part.key())).toList();
  }

  // ---- asking

  /** There is room for another intent. */
  private void start(Step step) {
    Optional<Asking.Request> request = Optional.empty();
    try {
      if (!over) {
        request = asking.intend(step, now());
      }
    } finally {
      request.ifPresentOrElse(call -> calls.add(new Call(step, call)), () -> leave(step));
    }
  }

  private void leave(Step step) {
    busy.remove(step.part().key());
    intents.leave(step.part().id().cloud());
  }

  private void makeCalls() {
    for (Call call : calls) {
      Lease held = lease;
      Supplier<Optional<Outcome>> remote =
          serving(
              () ->
                  mayCall(held)
                      ? Optional.of(call.request().apply(now().plus(limits.callDeadline())))
                      : Optional.empty());
      calling.enter(call.step().part().id().cloud(), () -> make(call, () -> answer(call, remote)));
    }
    calls.clear();
  }

  /** Always one: without it the part would stay busy, and its place in the lane taken, for ever. */
  private static Optional<Outcome> answer(Call call, Supplier<Optional<Outcome>> remote) {
    try {
      return remote.get();
    } catch (RuntimeException e) {
      return Optional.of(Drivers.uncertain(Asking.action(call.step()), call.step().part(), e));
    }
  }

  private void make(Call call, Supplier<Optional<Outcome>> remote) {
    engine
        .scheduler()
        .call(
            remote,
            outcome -> {
              Instant at = now();
              calling.leave(call.step().part().id().cloud());
              post(() -> answered(call.step(), outcome, at));
            });
  }

  /** What is asked of clouds for an action goes along with the id of who asked for the action. */
  private <T> Supplier<T> serving(Supplier<T> remote) {
    if (ledger.stack().status().isTerminal()) {
      return remote;
    }
    RequestId request = ledger.stack().request();
    return () -> {
      try (RequestId.Scope scope = request.serve()) {
        return remote.get();
      }
    };
  }

  /** The last look at the clock before the call: a lease that has run out may be another's. */
  private boolean mayCall(Lease held) {
    Lease holds = lease;
    return !over && holds.fence() == held.fence() && now().isBefore(holds.until());
  }

  private void answered(Step step, Optional<Outcome> outcome, Instant at) {
    leave(step);
    if (over) {
      return;
    }
    if (outcome.isEmpty()) {
      throw new LeaseLost(lease);
    }
    asking.answered(step, outcome.get(), now());
    if (step instanceof Step.DeleteDouble) {
      looking.doubleRemoved(step.part());
    } else if (outcome.get() instanceof Outcome.Taken || outcome.get() instanceof Outcome.Gone) {
      looking.moved(step.part().key(), at);
    }
  }

  // ---- looking

  private void look() {
    if (!ledger.stack().status().isTerminal()) {
      looking.acting(now());
    }
    if (ledger.stack().status().equals(StackStatus.CHECKING)) {
      looking.wantUnseen(ledger.stack().actionSince(), now());
    }
    if (looking.next(now()).filter(time -> !time.isAfter(now())).isEmpty()) {
      return;
    }
    if (ledger.reread()) {
      post(() -> {});
    }
    for (Looking.Look look : looking.begin(now())) {
      engine.scheduler().call(serving(look.call()), seen -> post(() -> looked(look, seen)));
    }
  }

  private void looked(Looking.Look look, Map<PartId, Sighting> seen) {
    if (!over) {
      looking.seen(look, seen, now());
    }
  }

  // ---- waiting and ending

  private void waitOrFinish(Difference difference) {
    List<Instant> times = new ArrayList<>();
    difference.later().ifPresent(times::add);
    looking.next(now()).ifPresent(times::add);
    if (busy.isEmpty() && !looking.isOut() && inbox.isEmpty()) {
      Stack stack = ledger.stack();
      if (times.isEmpty() && stack.status().isTerminal()) {
        finish(nextDuty());
        return;
      }
      if (times.isEmpty()) {
        times.add(stack.actionSince().plus(limits.createTimeout()));
      }
      Instant next = times.stream().min(Instant::compareTo).orElseThrow();
      if (next.isAfter(now().plus(limits.stay()))) {
        finish(Optional.of(next.isBefore(keepAgain()) ? next : keepAgain()));
        return;
      }
    }
    times.stream().min(Instant::compareTo).ifPresent(this::wakeAt);
  }

  private Optional<Instant> nextDuty() {
    boolean done =
        ledger.stack().status().equals(StackStatus.DELETED)
            && ledger.parts().stream().noneMatch(part -> looking.mayExist(part, now()));
    return done ? Optional.empty() : Optional.of(keepAgain());
  }

  private Instant keepAgain() {
    return now().plus(limits.keepInterval());
  }

  private void wakeAt(Instant time) {
    if (wakeAt.filter(set -> !set.isAfter(time)).isPresent()) {
      return;
    }
    wakeAt = Optional.of(time);
    engine
        .scheduler()
        .after(
            Duration.between(now(), time),
            () ->
                post(
                    () -> {
                      if (wakeAt.filter(time::equals).isPresent()) {
                        wakeAt = Optional.empty();
                      }
                    }));
  }

  private void renewLater() {
    engine.scheduler().after(limits.lease().dividedBy(3), () -> post(this::renew));
  }

  private void renew() {
    if (!over) {
      lease = engine.store().renew(lease, now().plus(limits.lease()));
      renewLater();
    }
  }

  private void finish(Optional<Instant> due) {
    engine.store().release(lease, due);
    end();
  }

  private void end() {
    over = true;
    whenOver.accept(this);
  }

  /** Stops; the lease runs out of itself, and whoever takes it next looks at what is. */
  private void giveUp(RuntimeException reason) {
    LOG.log(
        reason instanceof LeaseLost ? Level.INFO : Level.WARNING,
        reason,
        () -> "gave up stack " + lease.stack() + " for now");
    toHandOver |= reason instanceof LeaseLost;
    end();
    calls.forEach(call -> leave(call.step()));
    calls.clear();
  }

  private void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      giveUp(e);
    }
  }

  private Instant now() {
    return engine.clock().instant().truncatedTo(ChronoUnit.MICROS);
  }
}
