package io.isthmus.domain.stack.engine;

import io.isthmus.domain.cloud.CloudConnection;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.domain.stack.Lease;
import io.isthmus.domain.stack.LeaseLost;
import io.isthmus.domain.stack.Mark;
import io.isthmus.domain.stack.Outcome;
import io.isthmus.domain.stack.PartKey;
import io.isthmus.domain.stack.PartReferences;
import io.isthmus.domain.stack.PhysicalNames;
import io.isthmus.domain.stack.Sighting;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackChange;
import io.isthmus.domain.stack.StackChange.Happening;
import io.isthmus.domain.stack.StackChange.Header;
import io.isthmus.domain.stack.StackHealth.State;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackPart.Goal;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.domain.stack.Target;
import io.isthmus.domain.stack.Trouble;
import io.isthmus.domain.template.ResourceGraph;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One engine's work on one stack, from taking the lease to giving it back.
 *
 * <p>It holds a copy of the stack and its parts, and moves on with each answer: a part whose
 * requirements are complete is asked for at once. What it intends is written before the call, what
 * came of it after; no transaction and no lock is held during the call. If it is killed, or loses
 * its lease, all it leaves behind is what it wrote and what clouds hold under our marks, and the
 * next run goes on from there.
 */
final class StackRun {

  private static final Logger LOG = Logger.getLogger(StackRun.class.getName());

  /** Parts that are looked at by one call. */
  private record Group(CloudId cloud, String region, String type, int generation)
      implements Comparable<Group> {

    static Group of(StackPart part) {
      return new Group(part.id().cloud(), part.id().region(), part.type(), part.key().generation());
    }

    @Override
    public int compareTo(Group other) {
      return toString().compareTo(other.toString());
    }
  }

  private final Engine engine;
  private final EngineLimits limits;
  private final Lanes lanes;
  private final PartTurns turns;
  private final LookTurns looks;
  private final Repair repair;
  private final Consumer<StackRun> whenOver;

  private Lease lease;
  private Stack stack;
  private ResourceGraph graph;
  private final Map<PartKey, StackPart> parts = new TreeMap<>();

  /** Parts for which a call waits or is under way. */
  private final Set<PartKey> busy = new HashSet<>();

  /** Counts the changes of each part, so that a look begun before one is not believed after. */
  private final Map<PartKey, Integer> touched = new HashMap<>();

  private final Map<PartKey, List<String>> doubles = new HashMap<>();
  private final Map<CloudId, Optional<CloudConnection>> connections = new HashMap<>();
  private final Set<Group> looking = new HashSet<>();
  private final Set<Group> toLookAt = new HashSet<>();
  private final LookPace pace;
  private Instant nextLook;
  private Optional<Instant> wakeAt = Optional.empty();
  private boolean over;

  StackRun(Engine engine, Lanes lanes, Lease lease, Consumer<StackRun> whenOver) {
    this.engine = engine;
    this.limits = engine.limits();
    this.lanes = lanes;
    this.lease = lease;
    this.whenOver = whenOver;
    this.turns = new PartTurns(limits, new Backoff(limits.longestBackoff(), engine.random()));
    this.looks = new LookTurns(limits, turns);
    this.repair = new Repair(turns);
    this.nextLook = now();
    this.pace = new LookPace(limits, nextLook);
  }

  Lease lease() {
    return lease;
  }

  /** Reads the stack and begins; a settled one is first looked at whole. */
  synchronized void begin() {
    try {
      stack = engine.store().find(lease.stack()).orElseThrow();
      engine.store().parts(stack.id()).forEach(part -> parts.put(part.key(), part));
      if (stack.status().isTerminal()) {
        parts.values().stream()
            .filter(this::mayExist)
            .forEach(part -> toLookAt.add(Group.of(part)));
      } else {
        // Whoever had the stack before has looked as well.
        parts.values().stream()
            .map(part -> part.state().since())
            .max(Instant::compareTo)
            .ifPresent(pace::restedSince);
      }
    } catch (RuntimeException e) {
      giveUp(e);
      return;
    }
    renewLater();
    advance();
  }

  /** A person has asked for something; it is read at once. */
  synchronized void poke() {
    if (!over) {
      nextLook = now();
      guarded(this::reread);
      advance();
    }
  }

  private void reread() {
    stack = engine.store().find(stack.id()).orElseThrow();
  }

  // ---- the loop

  private void advance() {
    if (over) {
      return;
    }
    guarded(
        () -> {
          adoptDeletion();
          giveUpWhatTakesTooLong();
          write(repair.of(stack, idle(), now()));
          settle();
          Difference difference = Difference.between(stack, parts.values(), doubles, now());
          for (Step step : difference.steps()) {
            if (busy.add(step.part().key())) {
              lanes.enter(step.part().id().cloud(), () -> start(step));
            }
          }
          look();
          waitOrFinish(difference);
        });
  }

  private void adoptDeletion() {
    if (!stack.isLeaving()) {
      return;
    }
    write(
        Turn.all(
            parts.values().stream()
                .filter(part -> part.goal() == Goal.PRESENT && !busy.contains(part.key()))
                .map(part -> turns.unwanted(part, now()))
                .toList()));
  }

  private void giveUpWhatTakesTooLong() {
    Duration limit = stack.isLeaving() ? limits.deleteTimeout() : limits.createTimeout();
    if (stack.status().isTerminal() || now().isBefore(stack.actionSince().plus(limit))) {
      return;
    }
    FederationFault late =
        new FederationFault(
            FaultCode.CLOUD_TIMEOUT, Phrase.of("stack.took-too-long", limit.toMinutes()));
    List<Turn> failures = new ArrayList<>();
    for (StackPart part : idle()) {
      Trouble trouble = part.state().trouble().orElse(Trouble.of(late, now()));
      if (stack.isLeaving() && !part.isGone() && !Difference.hasFailedToGo(stack, part)) {
        failures.add(turns.deleteFailed(part, trouble, now()));
      }
      if (!stack.isLeaving()
          && part.goal() == Goal.PRESENT
          && !part.isComplete()
          && !Difference.hasFailedToCome(stack, part)
          && (!part.isUntouched() || part.state().trouble().isPresent())) {
        failures.add(turns.createFailed(part, trouble, false, now()));
      }
    }
    write(Turn.all(failures));
  }

  private void settle() {
    Header header = Settlement.of(stack, parts.values(), busy.isEmpty());
    Header known = new Header(stack.actionSince(), stack.status(), stack.reason(), stack.health());
    if (header.equals(known)) {
      return;
    }
    List<Happening> told =
        header.status().equals(known.status())
            ? List.of()
            : List.of(Happening.of(header.status(), header.reason()));
    stack =
        engine.store().write(lease, new StackChange(Optional.of(header), List.of(), told), now());
  }

  private Collection<StackPart> idle() {
    return parts.values().stream().filter(part -> !busy.contains(part.key())).toList();
  }

  private void write(Turn turn) {
    if (turn.isEmpty()) {
      return;
    }
    stack =
        engine
            .store()
            .write(
                lease, new StackChange(Optional.empty(), turn.parts(), turn.happenings()), now());
    for (StackPart part : turn.parts()) {
      parts.put(part.key(), part);
      touched.merge(part.key(), 1, Integer::sum);
    }
  }

  // ---- acting

  private void start(Step step) {
    Optional<Runnable> call = Optional.empty();
    synchronized (this) {
      if (!over) {
        call = guardedCall(step);
        if (call.isEmpty()) {
          busy.remove(step.part().key());
        }
      }
    }
    if (call.isPresent()) {
      call.get().run();
    } else {
      lanes.leave(step.part().id().cloud());
      synchronized (this) {
        advance();
      }
    }
  }

  private Optional<Runnable> guardedCall(Step step) {
    List<Runnable> call = new ArrayList<>();
    guarded(() -> intend(step).ifPresent(call::add));
    return call.stream().findFirst();
  }

  /** Writes the intent; what it returns makes the call. Empty when there is nothing to call. */
  private Optional<Runnable> intend(Step step) {
    StackPart part = parts.get(step.part().key());
    if (!part.equals(step.part()) || (stack.isLeaving() && part.goal() == Goal.PRESENT)) {
      return Optional.empty();
    }
    Optional<Target> target = target(part.id());
    if (target.isEmpty()) {
      write(turns.noWayIn(part, noWayIn(part.id().cloud()), now()));
      return Optional.empty();
    }
    Instant deadline = now().plus(limits.callDeadline());
    if (step instanceof Step.Create) {
      return intendCreate(part)
          .map(
              desired ->
                  calling(step, () -> engine.drivers().create(target.get(), desired, deadline)));
    }
    if (step instanceof Step.Delete) {
      write(turns.askedToDelete(part, now()));
      DesiredPart desired = desired(parts.get(part.key()));
      return Optional.of(
          calling(step, () -> engine.drivers().delete(target.get(), desired, deadline)));
    }
    String physicalId = ((Step.DeleteDouble) step).physicalId();
    DesiredPart desired = desired(part);
    write(new Turn(List.of(), List.of(Happening.of(part, Words.of("double", part, physicalId)))));
    return Optional.of(
        calling(
            step,
            () -> engine.drivers().deleteDouble(target.get(), desired, physicalId, deadline)));
  }

  private Optional<DesiredPart> intendCreate(StackPart part) {
    JsonObject properties;
    try {
      PartReferences references =
          PartReferences.from(part.id().place(), graph(), stack.computed(), parts.values());
      properties =
          Resolutions.apply(
              graph().find(part.id().resource()).orElseThrow().properties(references),
              part.resolutions());
    } catch (FederationFault fault) {
      write(turns.notCreatable(part, fault, isRepairing(), now()));
      return Optional.empty();
    }
    write(turns.askedToCreate(part, properties, now()));
    return Optional.of(desired(parts.get(part.key())));
  }

  private Runnable calling(Step step, Supplier<Outcome> call) {
    Lease held = lease;
    return () ->
        engine
            .scheduler()
            .<Optional<Outcome>>call(
                () -> mayCall(held) ? Optional.of(call.get()) : Optional.empty(),
                outcome -> finished(step, outcome));
  }

  /** The last look at the clock before the call: a lease that has run out may be another's. */
  private synchronized boolean mayCall(Lease held) {
    return !over && lease.fence() == held.fence() && now().isBefore(lease.until());
  }

  private void finished(Step step, Optional<Outcome> outcome) {
    lanes.leave(step.part().id().cloud());
    synchronized (this) {
      if (over) {
        return;
      }
      if (outcome.isEmpty()) {
        giveUp(new LeaseLost(lease));
        return;
      }
      PartKey key = step.part().key();
      busy.remove(key);
      guarded(() -> record(step, parts.get(key), outcome.get()));
      hurryLook();
      advance();
    }
  }

  private void record(Step step, StackPart part, Outcome outcome) {
    if (step instanceof Step.Create) {
      write(turns.created(part, outcome, isRepairing(), now()));
    } else if (step instanceof Step.Delete) {
      write(turns.deleted(part, outcome, now()));
    } else {
      // Whether it worked the next look tells.
      doubles.remove(part.key());
      toLookAt.add(Group.of(part));
      touched.merge(part.key(), 1, Integer::sum);
    }
  }

  private boolean isRepairing() {
    return stack.status().equals(StackStatus.CREATED);
  }

  // ---- looking

  /** After something moved, what is on its way is looked at soon again. */
  private void hurryLook() {
    pace.moved(now());
    Instant soon = now().plus(pace.pause(now()));
    if (nextLook.isAfter(soon)) {
      nextLook = soon;
    }
  }

  private void look() {
    if (now().isBefore(nextLook)) {
      return;
    }
    parts.values().stream().filter(this::isOnItsWay).forEach(part -> toLookAt.add(Group.of(part)));
    List<Group> due = toLookAt.stream().filter(group -> !looking.contains(group)).sorted().toList();
    if (due.isEmpty()) {
      return;
    }
    connections.clear();
    reread();
    nextLook = now().plus(pace.pause(now()));
    for (Group group : due) {
      toLookAt.remove(group);
      look(group);
    }
  }

  private void look(Group group) {
    List<StackPart> members =
        parts.values().stream()
            .filter(part -> Group.of(part).equals(group))
            .filter(part -> mayExist(part) && !busy.contains(part.key()))
            .toList();
    if (members.isEmpty()) {
      return;
    }
    looking.add(group);
    Map<PartKey, Integer> before = new HashMap<>();
    members.forEach(part -> before.put(part.key(), touched.getOrDefault(part.key(), 0)));
    List<DesiredPart> desired = members.stream().map(this::desired).toList();
    Optional<Target> target = target(members.get(0).id());
    engine
        .scheduler()
        .call(
            () ->
                target
                    .map(reached -> engine.drivers().observe(reached, group.type(), desired))
                    .orElseGet(() -> unknown(members)),
            seen -> looked(group, before, seen));
  }

  private static Map<PartId, Sighting> unknown(List<StackPart> members) {
    Map<PartId, Sighting> seen = new HashMap<>();
    members.forEach(part -> seen.put(part.id(), new Sighting.Unknown(noWayIn(part.id().cloud()))));
    return seen;
  }

  private synchronized void looked(
      Group group, Map<PartKey, Integer> before, Map<PartId, Sighting> seen) {
    looking.remove(group);
    if (over) {
      return;
    }
    guarded(
        () -> {
          List<Turn> learned = new ArrayList<>();
          before.forEach(
              (key, count) -> {
                boolean stale = busy.contains(key) || !touched.getOrDefault(key, 0).equals(count);
                if (!stale && seen.containsKey(key.id())) {
                  learned.add(learn(parts.get(key), seen.get(key.id())));
                }
              });
          Turn turn = Turn.all(learned);
          if (!turn.happenings().isEmpty()) {
            hurryLook();
          }
          write(turn);
        });
    advance();
  }

  private Turn learn(StackPart part, Sighting sighting) {
    if (sighting instanceof Sighting.Present present
        && part.goal() == Goal.PRESENT
        && !present.doubles().isEmpty()) {
      doubles.put(part.key(), present.doubles());
    } else {
      doubles.remove(part.key());
    }
    return looks.seen(part, sighting, isRepairing(), now());
  }

  /** Whether a cloud may hold it, or may yet come to hold it. */
  private boolean mayExist(StackPart part) {
    if (part.goal() == Goal.RETAINED || part.state().properties().isEmpty()) {
      return false;
    }
    return !part.isGone() || now().isBefore(part.state().since().plus(limits.lateEffects()));
  }

  /** Whether something is expected to happen to it without being asked again. */
  private boolean isOnItsWay(StackPart part) {
    if (busy.contains(part.key()) || !mayExist(part)) {
      return false;
    }
    boolean toBeConfirmed =
        part.isComplete()
            && part.state().missingSince().isPresent()
            && part.state().health().state() != State.LOST;
    return part.status().equals(StackStatus.CREATING)
        || part.status().equals(StackStatus.DELETING)
        || toBeConfirmed;
  }

  // ---- waiting and ending

  private void waitOrFinish(Difference difference) {
    if (over) {
      return;
    }
    boolean onTheWay = parts.values().stream().anyMatch(this::isOnItsWay) || !toLookAt.isEmpty();
    List<Instant> times = new ArrayList<>();
    difference.later().ifPresent(times::add);
    if (onTheWay) {
      times.add(nextLook.isAfter(now()) ? nextLook : now().plus(limits.firstLook()));
    }
    if (busy.isEmpty() && looking.isEmpty()) {
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
        stack.status().equals(StackStatus.DELETED)
            && parts.values().stream().noneMatch(this::mayExist);
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
            () -> {
              synchronized (this) {
                if (wakeAt.filter(time::equals).isPresent()) {
                  wakeAt = Optional.empty();
                }
                advance();
              }
            });
  }

  private void renewLater() {
    engine
        .scheduler()
        .after(
            limits.lease().dividedBy(3),
            () -> {
              synchronized (this) {
                if (!over) {
                  guarded(() -> lease = engine.store().renew(lease, now().plus(limits.lease())));
                  renewLater();
                }
              }
            });
  }

  private void finish(Optional<Instant> due) {
    over = true;
    engine.store().release(lease, due);
    whenOver.accept(this);
  }

  /** Stops; the lease runs out of itself, and whoever takes it next looks at what is. */
  private void giveUp(RuntimeException reason) {
    if (over) {
      return;
    }
    over = true;
    LOG.log(
        reason instanceof LeaseLost ? Level.INFO : Level.WARNING,
        reason,
        () -> "gave up stack " + lease.stack() + " for now");
    whenOver.accept(this);
  }

  private void guarded(Runnable work) {
    if (over) {
      return;
    }
    try {
      work.run();
    } catch (RuntimeException e) {
      giveUp(e);
    }
  }

  // ---- what drivers are given

  private DesiredPart desired(StackPart part) {
    return new DesiredPart(
        part.id(),
        part.type(),
        new Mark(stack.id(), part.id().resource(), part.key().generation()),
        PhysicalNames.of(stack, part),
        // What is gone is looked for by its mark: one list, not a call for each.
        part.isGone() ? Optional.empty() : part.state().physicalId(),
        part.availabilityZone(),
        part.state().properties().orElse(JsonValue.EMPTY_JSON_OBJECT));
  }

  private Optional<Target> target(PartId id) {
    Place place = id.place();
    return connections
        .computeIfAbsent(place.cloud(), cloud -> engine.connections().find(stack.project(), cloud))
        .map(connection -> new Target(connection, place.region()));
  }

  private static FederationFault noWayIn(CloudId cloud) {
    return new FederationFault(FaultCode.CLOUD_UNAVAILABLE, Phrase.of("stack.no-access", cloud));
  }

  private ResourceGraph graph() {
    if (graph == null) {
      graph = engine.blueprints().graph(stack);
    }
    return graph;
  }

  private Instant now() {
    return engine.clock().instant().truncatedTo(ChronoUnit.MICROS);
  }
}
