package io.isthmus.domain.stack.engine;

import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.quota.Consumption;
import io.isthmus.domain.stack.ActionStatus;
import io.isthmus.domain.stack.DriftChoice;
import io.isthmus.domain.stack.PartReferences;
import io.isthmus.domain.stack.ProjectEvent;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackEvent;
import io.isthmus.domain.stack.StackHealth;
import io.isthmus.domain.stack.StackHealth.State;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackPart.Goal;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.domain.stack.engine.SimulatedClouds.Thing;
import io.isthmus.domain.template.ResourceGraph;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What has to hold of what Isthmus says, against the clouds themselves, when all is quiet. */
final class Truth {

  private static final int ALL = Integer.MAX_VALUE;

  private final World world;
  private final List<Thing> things;

  Truth(World world) {
    this.world = world;
    this.things = world.clouds.things();
  }

  /** Says to the world what is wrong. */
  void check() {
    requireEachOnceAndNoOrphan();
    for (Wish wish : world.wishes.values()) {
      Stack stack = world.store.find(wish.id).orElseThrow();
      requireTrueStatus(wish, stack);
      requireEvents(wish, stack);
      requireRequests(wish, stack);
    }
    requireTheProjectsEvents();
    requireTrueConsumption();
  }

  private void wrong(Stack stack, String what) {
    world.wrong(stack.name() + " " + stack.id() + " " + stack.status() + ": " + what);
  }

  // ---- no orphan, no double

  private void requireEachOnceAndNoOrphan() {
    Set<Object> marks = new HashSet<>();
    for (Thing thing : things) {
      Stack stack = world.store.find(thing.mark.stack()).orElseThrow();
      Optional<StackPart> part = world.part(thing);
      if (!marks.add(List.of(thing.mark, thing.part))) {
        if (part.filter(known -> known.goal() == Goal.RETAINED).isPresent()) {
          // The check for leaks finds it.
          world.counts.count("doubles left of what was retained");
        } else {
          world.wrong("double: " + thing);
        }
      }
      if (part.filter(known -> isKnownThere(stack, known, thing)).isEmpty()) {
        world.wrong("orphan: " + thing + " of " + stack.status() + ", " + part);
      }
      boolean runs = thing.type.equals(TestStacks.SERVER) && !thing.stopped;
      if (runs && part.filter(StackPart::isReplaced).isPresent()) {
        world.wrong("still runs though it was replaced: " + thing);
      }
    }
  }

  /** Nothing is done about it unasked: it was left to others, or made anew elsewhere. */
  private static boolean isLeftAlone(StackPart part) {
    return part.goal() == Goal.RETAINED || part.isReplaced();
  }

  /** Whether Isthmus knows that it is there, and by which id, or has left it to others. */
  private static boolean isKnownThere(Stack stack, StackPart part, Thing thing) {
    if (isLeftAlone(part)) {
      return true;
    }
    boolean same = part.state().physicalId().filter(thing.id::equals).isPresent();
    boolean stays = part.goal() == Goal.PRESENT || stack.status().status() == ActionStatus.FAILED;
    return same && stays && !part.isGone();
  }

  // ---- nothing missing, every status true

  private void requireTrueStatus(Wish wish, Stack stack) {
    StackStatus status = stack.status();
    if (!status.isTerminal()) {
      wrong(stack, "does not come to rest: " + stack.reason());
      return;
    }
    List<StackPart> parts = world.store.parts(stack.id());
    if (status.equals(StackStatus.DELETED)) {
      parts.stream()
          .filter(part -> !part.isGone())
          .forEach(part -> wrong(stack, "deleted, and not gone: " + part.key()));
      return;
    }
    boolean allThere = true;
    ResourceGraph graph = wish.at(stack).graph();
    for (StackPart part : parts) {
      if (part.goal() == Goal.PRESENT) {
        if (part.isComplete()) {
          allThere &= requireThere(stack, part, parts, graph);
        } else {
          allThere = false;
        }
        if (status.isWhole() && !wish.at(stack).allowed().contains(part.id().cloud().text())) {
          wrong(stack, "is where it may not be: " + part.key());
        }
      } else if (status.isWhole() && !part.isGone() && !part.isReplaced()) {
        wrong(stack, "whole, and not gone: " + part.key() + " " + part.goal());
      }
    }
    if (status.isWhole()) {
      requireAllOfTheWish(wish, stack, parts);
      requireTrueHealth(stack, allThere);
    }
  }

  private void requireAllOfTheWish(Wish wish, Stack stack, List<StackPart> parts) {
    Set<String> wished =
        wish.at(stack).planned().stream()
            .map(part -> part.id().resource())
            .collect(Collectors.toSet());
    Set<String> there =
        parts.stream()
            .filter(part -> part.goal() == Goal.PRESENT)
            .map(part -> part.id().resource())
            .collect(Collectors.toSet());
    if (!wished.equals(there)) {
      wrong(stack, "wished for " + wished + " and has " + there);
    }
  }

  private void requireTrueHealth(Stack stack, boolean allThere) {
    boolean well = stack.health().equals(StackHealth.HEALTHY);
    boolean reported = world.store.onDrift(stack.id()) == DriftChoice.REPORT;
    if (well != allThere) {
      wrong(stack, "health " + stack.health() + ", and all is there: " + allThere);
    }
    if (!allThere && !reported && !lostData(stack)) {
      wrong(stack, "was not repaired: " + stack.health());
    }
  }

  /** What held data is never made anew, nor what it was built upon. */
  private boolean lostData(Stack stack) {
    return world.store.parts(stack.id()).stream()
        .anyMatch(part -> part.isVolume() && part.state().health().state() == State.LOST);
  }

  /**
   * @return whether it is there, as it is said to be
   */
  private boolean requireThere(
      Stack stack, StackPart part, List<StackPart> parts, ResourceGraph graph) {
    Optional<Thing> there =
        things.stream()
            .filter(thing -> part.state().physicalId().filter(thing.id::equals).isPresent())
            .findFirst();
    if (there.isEmpty()) {
      boolean known = part.state().health().state() == State.LOST;
      if (!known) {
        wrong(stack, "missing: " + part.key() + " " + part.state().health());
      }
      return false;
    }
    Thing thing = there.get();
    if (!thing.part.equals(part.id()) || thing.mark.generation() != part.key().generation()) {
      wrong(stack, "another than it is said to be: " + part.key() + " is " + thing);
    }
    if (part.isRight() && stack.status().isWhole()) {
      PartReferences references =
          PartReferences.from(part.id().place(), graph, stack.computed(), parts);
      Object wanted = graph.find(part.id().resource()).orElseThrow().properties(references);
      if (!Objects.equals(thing.properties, wanted)) {
        wrong(stack, "is not as wished: " + part.key() + " " + thing.properties + ", " + wanted);
      }
      if (thing.toConfirm || thing.goneAt.isPresent() || thing.broken) {
        wrong(stack, "is not ready: " + part.key());
      }
    } else if (stack.status().isWhole()) {
      wrong(stack, "whole, and not as it shall be: " + part.key());
    }
    return true;
  }

  // ---- every event there once

  private void requireEvents(Wish wish, Stack stack) {
    List<StackEvent> events = world.store.events(stack.id(), 0, ALL);
    Map<List<Object>, Integer> created = new HashMap<>();
    Set<PartId> ready = new HashSet<>();
    List<Phrase> phrases = new ArrayList<>();
    long expected = 1;
    for (StackEvent event : events) {
      if (event.sequence() != expected++) {
        wrong(stack, "events are numbered with a gap at " + event.sequence());
      }
      phrases.add(event.phrase());
      if (event.phrase().key().equals("stack.created")) {
        PartId part = event.part().orElseThrow();
        created.merge(List.of(part, event.physicalId().orElse("")), 1, Integer::sum);
        ready.add(part);
      }
    }
    requireOnce(wish, stack, phrases);
    created.forEach(
        (made, times) -> {
          if (times > 1) {
            wrong(stack, "told " + times + " times that it is ready: " + made);
          }
        });
    for (StackPart part : world.store.parts(stack.id())) {
      boolean made = part.goal() == Goal.PRESENT && part.status().equals(StackStatus.CREATED);
      if (made && !ready.contains(part.id())) {
        wrong(stack, "it was never told that it is ready: " + part.key());
      }
    }
    if (stack.lastEvent() != events.size()) {
      wrong(stack, stack.lastEvent() + " events are counted, and " + events.size() + " are there");
    }
  }

  /** All that was written and acknowledged, and all that was asked for, is there as often. */
  private void requireOnce(Wish wish, Stack stack, List<Phrase> phrases) {
    Map<String, Integer> balance = new TreeMap<>();
    phrases.forEach(phrase -> balance.merge(words(phrase), 1, Integer::sum));
    wish.told().forEach(phrase -> balance.merge(words(phrase), -1, Integer::sum));
    wish.acknowledged.forEach(words -> balance.merge("request " + words, -1, Integer::sum));
    wish.unanswered.forEach(
        words -> balance.computeIfPresent("request " + words, (one, times) -> times - 1));
    balance.forEach(
        (words, times) -> {
          if (times != 0) {
            wrong(stack, (times < 0 ? "not told: " : "told once too often: ") + words);
          }
        });
  }

  private static String words(Phrase phrase) {
    return phrase.key().startsWith("stack.")
        ? phrase.key() + phrase.arguments()
        : "request " + phrase;
  }

  private void requireTheProjectsEvents() {
    List<ProjectEvent> all = world.store.projectEvents(TestStacks.PROJECT, 0, ALL);
    long position = 1;
    Map<Object, Long> sequences = new HashMap<>();
    for (ProjectEvent one : all) {
      if (one.position() != position++) {
        world.wrong("the project's events have a gap at " + one.position());
      }
      long before = Optional.ofNullable(sequences.get(one.event().stack())).orElse(0L);
      if (one.event().sequence() != before + 1) {
        world.wrong("the project's events are not in their order at " + one.position());
      }
      sequences.put(one.event().stack(), one.event().sequence());
    }
  }

  // ---- no acknowledged request lost

  private void requireRequests(Wish wish, Stack stack) {
    if (wish.isToBeDeleted() && !stack.isLeaving()) {
      wrong(stack, "its deletion was acknowledged");
    }
    if (stack.status().equals(StackStatus.UPDATED) && Wish.number(stack) < wish.last()) {
      wrong(stack, "follows wish " + Wish.number(stack) + " of " + wish.last());
    }
  }

  // ---- no quota over-used

  /** What is counted is what is there, once all is whole. */
  private void requireTrueConsumption() {
    boolean settled =
        world.wishes.keySet().stream()
            .map(id -> world.store.find(id).orElseThrow())
            .allMatch(
                stack ->
                    stack.status().equals(StackStatus.DELETED)
                        || stack.status().isWhole() && stack.health().equals(StackHealth.HEALTHY));
    if (!settled) {
      return;
    }
    Map<String, Long> there = new TreeMap<>();
    things.stream()
        .filter(thing -> thing.type.equals(TestStacks.SERVER))
        .filter(thing -> world.part(thing).filter(part -> part.goal() == Goal.RETAINED).isEmpty())
        .forEach(thing -> there.merge(thing.part.cloud().text(), 1L, Long::sum));
    Map<String, Long> counted = new TreeMap<>();
    for (Consumption.Consumed one : world.store.consumed(TestStacks.PROJECT.tenant())) {
      long servers = one.amounts().getOrDefault(LimitKind.INSTANCES, 0L);
      if (servers > 0) {
        counted.merge(one.region().cloud().text(), servers, Long::sum);
      }
    }
    if (!there.equals(counted)) {
      world.wrong("servers there: " + there + ", counted: " + counted);
    }
  }

  /** What is left in clouds though all stacks are deleted. */
  List<Thing> left() {
    List<Thing> left = new ArrayList<>(things);
    left.removeIf(
        thing -> world.part(thing).filter(part -> part.goal() == Goal.RETAINED).isPresent());
    return Collections.unmodifiableList(left);
  }
}
