package io.isthmus.domain.stack.engine;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.domain.stack.PartKey;
import io.isthmus.domain.stack.Sighting;
import io.isthmus.domain.stack.StackHealth.State;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackPart.Goal;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.domain.stack.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Decides what is looked at and when, and notes what was seen. Parts that one list of a cloud shows
 * are looked at together; as long as one look at them is out, no other is begun.
 */
final class Looking {

  /** Parts that are looked at by one call. */
  record Group(CloudId cloud, String region, String type, int generation) {

    static Group of(StackPart part) {
      return new Group(part.id().cloud(), part.id().region(), part.type(), part.key().generation());
    }
  }

  /**
   * A look that begins.
   *
   * @param touches of its parts, as they were counted then
   * @param call asks the cloud
   */
  record Look(Group group, Map<PartKey, Integer> touches, Supplier<Map<PartId, Sighting>> call) {}

  private final Engine engine;
  private final Ledger ledger;
  private final Reach reach;
  private final LookTurns turns;
  private final LookTimes times;

  /** Parts for which a call waits or is under way; whoever makes it tells what came of it. */
  private final Set<PartKey> busy;

  private final Set<Group> wanted = new HashSet<>();
  private final Set<Group> out = new HashSet<>();
  private final Map<Group, Instant> begun = new HashMap<>();
  private final Map<PartKey, List<String>> doubles = new HashMap<>();

  /** When the last look at each began of which something was learned, in this run. */
  private final Map<PartKey, Instant> seen = new HashMap<>();

  private Instant allWantedAt;

  Looking(
      Engine engine, Ledger ledger, Reach reach, LookTurns turns, Set<PartKey> busy, Instant now) {
    this.engine = engine;
    this.allWantedAt = now;
    this.ledger = ledger;
    this.reach = reach;
    this.turns = turns;
    this.busy = busy;
    this.times = new LookTimes(engine.limits());
  }

  /** All that a cloud may hold is looked at next. */
  void wantAll(Instant now) {
    allWantedAt = now;
    ledger.parts().stream()
        .filter(part -> mayExist(part, now))
        .forEach(part -> wanted.add(Group.of(part)));
  }

  /** All that shall be there, and was not looked at since then, is looked at next. */
  void wantUnseen(Instant since, Instant now) {
    unseen(since, now)
        .filter(part -> !busy.contains(part.key()))
        .map(Group::of)
        .filter(group -> !out.contains(group))
        .forEach(wanted::add);
  }

  /** Whether all that shall be there was looked at since then, and what is missing is believed. */
  boolean hasSeenAll(Instant since, Instant now) {
    return unseen(since, now).findAny().isEmpty()
        && ledger.parts().stream()
            .noneMatch(part -> part.goal() == Goal.PRESENT && isToBeConfirmed(part));
  }

  private Stream<StackPart> unseen(Instant since, Instant now) {
    return ledger.parts().stream()
        .filter(part -> part.goal() == Goal.PRESENT && mayExist(part, now))
        .filter(part -> seen.getOrDefault(part.key(), Instant.MIN).isBefore(since));
  }

  /** Whether it was looked at since then; if it was not, it is looked at next. */
  boolean hasSeen(StackPart part, Instant since) {
    boolean known = !seen.getOrDefault(part.key(), Instant.MIN).isBefore(since);
    if (!known && !busy.contains(part.key()) && !out.contains(Group.of(part))) {
      wanted.add(Group.of(part));
    }
    return known;
  }

  /** An action goes on: what moves is looked at in its own time, and rest begins after. */
  void acting(Instant now) {
    allWantedAt = now;
  }

  /** A cloud has begun something about the part. */
  void moved(PartKey key, Instant now) {
    times.moved(key, now);
  }

  /** One of the resources that carried the part's mark was asked to be removed. */
  void doubleRemoved(StackPart part) {
    doubles.remove(part.key());
    wanted.add(Group.of(part));
  }

  /** Physical ids that carry the same mark as a part, as the last looks showed. */
  Map<PartKey, List<String>> doubles() {
    return doubles;
  }

  boolean isOut() {
    return !out.isEmpty();
  }

  /** When the next look begins, if nothing happens before; empty when nothing is expected. */
  Optional<Instant> next(Instant now) {
    if (isTimeForAll(now)) {
      return Optional.of(now);
    }
    return turnsOfGroups(now).values().stream().min(Comparator.naturalOrder());
  }

  /** Begins the looks that are due. */
  List<Look> begin(Instant now) {
    if (isTimeForAll(now)) {
      wantAll(now);
    }
    List<Look> looks = new ArrayList<>();
    turnsOfGroups(now)
        .forEach(
            (group, time) -> {
              if (!time.isAfter(now)) {
                wanted.remove(group);
                begin(group, now).ifPresent(looks::add);
              }
            });
    if (looks.size() > 1) {
      looks.sort(Comparator.comparing(look -> look.group().toString()));
    }
    return looks;
  }

  /**
   * Whether a stack that rests was not looked at for long, because something of it that does not
   * end keeps it in hand: what is there may change all the same, and what is gone may come late.
   */
  private boolean isTimeForAll(Instant now) {
    return ledger.stack().status().isTerminal()
        && !now.isBefore(allWantedAt.plus(engine.limits().keepInterval()));
  }

  /** For each group of which no look is out, when it is to be looked at. */
  private Map<Group, Instant> turnsOfGroups(Instant now) {
    Map<Group, TreeSet<Instant>> turnsOf = new HashMap<>();
    for (StackPart part : ledger.parts()) {
      nextLook(part, now)
          .ifPresent(
              time -> turnsOf.computeIfAbsent(Group.of(part), any -> new TreeSet<>()).add(time));
    }
    Map<Group, Instant> turnOf = new HashMap<>();
    turnsOf.forEach((group, times) -> turnOf.put(group, together(times)));
    wanted.forEach(group -> turnOf.put(group, now));
    turnOf.keySet().removeAll(out);
    turnOf.replaceAll((group, time) -> later(time, mayBeginAgain(group)));
    return turnOf;
  }

  /** Those that are due soon after the first wait for the last of them: one list shows them all. */
  private Instant together(TreeSet<Instant> times) {
    return times.floor(times.first().plus(engine.limits().firstLook()));
  }

  private Instant mayBeginAgain(Group group) {
    Instant last = begun.get(group);
    return last == null ? Instant.MIN : last.plus(engine.limits().firstLook());
  }

  private Optional<Instant> nextLook(StackPart part, Instant now) {
    if (busy.contains(part.key()) || !mayExist(part, now)) {
      return Optional.empty();
    }
    if (part.isGone()) {
      // What comes late would hold up what goes after it.
      return ledger.stack().status().isTerminal()
          ? Optional.empty()
          : Optional.of(times.nextAfterEnd(part));
    }
    return isOnItsWay(part) || isWaitedFor(part) ? Optional.of(times.next(part)) : Optional.empty();
  }

  /** What was replaced is looked for while its stack is at work, so that it is stopped first. */
  private boolean isWaitedFor(StackPart part) {
    boolean stops = part.isBack() && !part.cannotBeStopped();
    boolean missed = part.isReplaced() && part.state().missingSince().isPresent();
    return missed || part.mayStillRun() && (stops || !ledger.stack().status().isTerminal());
  }

  /** Whether something is expected to happen to it without being asked again. */
  private static boolean isOnItsWay(StackPart part) {
    return part.status().equals(StackStatus.CREATING)
        || part.status().equals(StackStatus.UPDATING)
        || part.status().equals(StackStatus.SUSPENDING)
        || part.status().equals(StackStatus.RESUMING)
        || part.status().equals(StackStatus.DELETING)
        || isToBeConfirmed(part);
  }

  /** Whether a cloud says that it is not there, and it is not believed yet. */
  private static boolean isToBeConfirmed(StackPart part) {
    return part.isComplete()
        && part.state().missingSince().isPresent()
        && part.state().health().state() != State.LOST;
  }

  /** Whether a cloud may hold it, or may yet come to hold it. */
  boolean mayExist(StackPart part, Instant now) {
    if (part.goal() == Goal.RETAINED || part.state().properties().isEmpty()) {
      return false;
    }
    return !part.isGone() || now.isBefore(part.state().since().plus(engine.limits().lateEffects()));
  }

  private Optional<Look> begin(Group group, Instant now) {
    List<StackPart> members =
        ledger.parts().stream()
            .filter(part -> Group.of(part).equals(group))
            .filter(part -> mayExist(part, now) && !busy.contains(part.key()))
            .toList();
    if (members.isEmpty()) {
      return Optional.empty();
    }
    out.add(group);
    begun.put(group, now);
    Map<PartKey, Integer> touches = new HashMap<>();
    for (StackPart part : members) {
      touches.put(part.key(), ledger.touches(part.key()));
      times.looked(part.key(), now);
    }
    List<DesiredPart> desired = members.stream().map(reach::desired).toList();
    Optional<Target> target = reach.target(members.get(0).id());
    return Optional.of(
        new Look(
            group,
            touches,
            () ->
                target
                    .map(reached -> engine.drivers().observe(reached, group.type(), desired))
                    .orElseGet(() -> unknown(members))));
  }

  private static Map<PartId, Sighting> unknown(List<StackPart> members) {
    Map<PartId, Sighting> seen = new HashMap<>();
    members.forEach(
        part -> seen.put(part.id(), new Sighting.Unknown(Reach.noWayIn(part.id().cloud()))));
    return seen;
  }

  /** Notes what a look showed of the parts that have not changed since it began. */
  void seen(Look look, Map<PartId, Sighting> sightings, Instant now) {
    out.remove(look.group());
    List<StackPart> done = new ArrayList<>();
    look.touches()
        .forEach(
            (key, count) -> {
              boolean stale = busy.contains(key) || ledger.touches(key) != count;
              if (!stale) {
                seen.put(key, begun.get(look.group()));
              }
              if (!stale && sightings.containsKey(key.id())) {
                StackPart before = ledger.part(key);
                learn(before, sightings.get(key.id()), now);
                if (isOnItsWay(before) && !isOnItsWay(ledger.part(key))) {
                  done.add(before);
                }
              }
            });
    times.done(done);
  }

  private void learn(StackPart part, Sighting sighting, Instant now) {
    List<String> twice =
        sighting instanceof Sighting.Present present && !part.isGone()
            ? doubles(part, present)
            : List.of();
    if (twice.isEmpty()) {
      doubles.remove(part.key());
    } else {
      doubles.put(part.key(), twice);
    }
    ledger.note(turns.seen(part, sighting, ledger.stack().status(), now));
  }

  private static List<String> doubles(StackPart part, Sighting.Present present) {
    return LookTurns.isAnother(part, present)
        ? Stream.concat(present.doubles().stream(), Stream.of(present.physicalId())).toList()
        : present.doubles();
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
