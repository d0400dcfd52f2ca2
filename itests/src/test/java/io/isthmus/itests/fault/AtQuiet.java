package io.isthmus.itests.fault;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What Isthmus tells of all stacks, held against what the clouds keep, when nothing happens any
 * more. Each method tells what is wrong, in words; nothing when nothing is.
 */
final class AtQuiet {

  private AtQuiet() {}

  /**
   * Whether each resource is there once, where it is told to be, and nothing else has come or gone.
   *
   * @param before what was there when nothing had been asked for yet
   */
  static List<String> differences(
      Collection<Thing> before, Collection<Thing> now, Collection<Part> parts) {
    Set<String> old = before.stream().map(Thing::id).collect(Collectors.toSet());
    Map<String, Thing> there = new HashMap<>();
    now.forEach(thing -> there.put(thing.id(), thing));
    Map<String, Part> told = new HashMap<>();
    List<String> wrong = new ArrayList<>();
    Set<Thing.Mark> marks = new HashSet<>();
    for (Part part : parts) {
      if (part.isGone()) {
        continue;
      }
      if (!part.isThere()) {
        wrong.add("does not rest: " + part);
      } else if (told.put(part.id(), part) != null) {
        wrong.add("told twice: " + part);
      }
      marks.add(markOf(part));
      if (part.isThere()) {
        wrong.addAll(missing(part, there.get(part.id())));
      }
    }
    for (Thing thing : now) {
      if (!old.contains(thing.id()) && !told.containsKey(thing.id())) {
        wrong.addAll(surplus(thing, marks, told));
      }
    }
    before.stream()
        .filter(thing -> !there.containsKey(thing.id()))
        .forEach(thing -> wrong.add("taken, though not ours: " + thing));
    wrong.addAll(withoutPort(now, told.values()));
    return wrong;
  }

  private static Thing.Mark markOf(Part part) {
    return new Thing.Mark(part.stack(), part.resource(), part.generation());
  }

  private static List<String> missing(Part part, Thing thing) {
    if (thing == null) {
      return List.of("missing: " + part);
    }
    boolean same =
        thing.type().equals(part.type())
            && thing.cloud().equals(part.cloud())
            && thing.region().equals(part.region())
            && thing.mark().filter(markOf(part)::equals).isPresent();
    List<String> wrong = new ArrayList<>();
    if (!same) {
      wrong.add("another thing than is told: " + part + " is " + thing);
    }
    if (thing.isServer() && !thing.status().equals("ACTIVE")) {
      wrong.add("does not run: " + thing);
    }
    return wrong;
  }

  /** Of what nobody tells: a port of a server that is told is the server's, all else too much. */
  private static List<String> surplus(Thing thing, Set<Thing.Mark> marks, Map<String, Part> told) {
    boolean ofServer =
        thing.isPort()
            && told.containsKey(thing.device())
            && thing.mark().filter(Thing.Mark::isBeside).isPresent();
    if (ofServer || thing.mark().isEmpty() && thing.name().equals("default")) {
      return List.of();
    }
    return List.of(
        (thing.mark().filter(marks::contains).isPresent() ? "double: " : "orphan: ") + thing);
  }

  private static List<String> withoutPort(Collection<Thing> now, Collection<Part> told) {
    Map<String, Long> ports =
        now.stream()
            .filter(Thing::isPort)
            .collect(Collectors.groupingBy(Thing::device, Collectors.counting()));
    return told.stream()
        .filter(Part::isServer)
        .filter(server -> ports.getOrDefault(server.id(), 0L) != 1)
        .map(server -> ports.getOrDefault(server.id(), 0L) + " ports instead of 1: " + server)
        .toList();
  }

  /**
   * Whether what was acknowledged of a stack is what is there.
   *
   * @param servers how many
   * @param colour of each of them
   */
  static List<String> lost(String stack, int servers, String colour, Collection<Thing> now) {
    List<Thing> own =
        now.stream()
            .filter(Thing::isServer)
            .filter(thing -> thing.mark().filter(mark -> mark.stack().equals(stack)).isPresent())
            .toList();
    List<String> wrong = new ArrayList<>();
    if (own.size() != servers) {
      wrong.add("stack %s has %d servers instead of %d".formatted(stack, own.size(), servers));
    }
    Set<String> colours =
        own.stream().map(Thing::colour).collect(Collectors.toCollection(TreeSet::new));
    if (!own.isEmpty() && !colours.equals(Set.of(colour))) {
      wrong.add("stack %s is %s instead of %s".formatted(stack, colours, colour));
    }
    return wrong;
  }
}
