package io.isthmus.itests.fault;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What must hold at every moment, whatever is under way, of what is made of stacks. */
final class Moment {

  private final Map<String, Set<String>> clouds = new HashMap<>();
  private final Set<List<String>> doubles = new HashSet<>();
  private int most;

  /** Takes note of what is there now. */
  void see(Collection<Thing> things) {
    Map<List<Object>, String> once = new HashMap<>();
    Set<String> servers = new HashSet<>();
    for (Thing thing : things) {
      if (thing.mark().isEmpty()) {
        continue;
      }
      Thing.Mark mark = thing.mark().get();
      clouds.computeIfAbsent(mark.stack(), none -> new TreeSet<>()).add(thing.cloud());
      String other = once.put(List.of(thing.type(), thing.where(), mark), thing.id());
      if (other != null) {
        doubles.add(List.of(other, thing.id()).stream().sorted().toList());
      }
      if (thing.isServer()) {
        servers.add(mark.stack() + " " + mark.resource());
      }
    }
    most = Math.max(most, servers.size());
  }

  /**
   * Where something of a stack was seen that its policy does not allow.
   *
   * @param allowed clouds by stack; of a stack that is not named all are
   */
  List<String> outsideOf(Map<String, Set<String>> allowed) {
    List<String> wrong = new ArrayList<>();
    clouds.forEach(
        (stack, seen) -> {
          Set<String> too = new TreeSet<>(seen);
          too.removeAll(allowed.getOrDefault(stack, seen));
          if (!too.isEmpty()) {
            wrong.add(
                "stack %s was in %s, allowed is %s".formatted(stack, too, allowed.get(stack)));
          }
        });
    return wrong;
  }

  /** Whose stacks nobody has acknowledged and nobody knows. */
  List<String> strangers(Set<String> known) {
    return clouds.keySet().stream()
        .filter(stack -> !known.contains(stack))
        .map(stack -> "something was made of stack " + stack + ", which nobody knows")
        .sorted()
        .toList();
  }

  /**
   * Most servers at one time. One that is made anew before the old one goes, or that was made
   * twice, counts once.
   */
  int mostServers() {
    return most;
  }

  /** How often two of one resource stood beside each other. */
  int doubles() {
    return doubles.size();
  }
}
