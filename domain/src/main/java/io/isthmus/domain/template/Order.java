package io.isthmus.domain.template;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Names in an order in which each comes after all that it needs, otherwise as given.
 *
 * @param sorted shorter than what was given when there is a cycle
 * @param cycle names of which each needs the next and the last the first; empty when there is none
 */
record Order(List<String> sorted, List<String> cycle) {

  static Order of(Collection<String> names, Map<String, ? extends Collection<String>> needs) {
    Map<String, Integer> position = new HashMap<>();
    List<String> given = List.copyOf(names);
    for (int i = 0; i < given.size(); i++) {
      position.put(given.get(i), i);
    }
    Map<String, Integer> open = new HashMap<>();
    Map<String, List<String>> neededBy = new HashMap<>();
    for (String name : given) {
      Set<String> distinct = new LinkedHashSet<>(needs.get(name));
      open.put(name, distinct.size());
      distinct.forEach(need -> neededBy.computeIfAbsent(need, n -> new ArrayList<>()).add(name));
    }
    PriorityQueue<Integer> ready = new PriorityQueue<>();
    given.stream().filter(name -> open.get(name) == 0).map(position::get).forEach(ready::add);
    List<String> sorted = new ArrayList<>();
    while (!ready.isEmpty()) {
      String name = given.get(ready.remove());
      sorted.add(name);
      for (String waiting : neededBy.getOrDefault(name, List.of())) {
        if (open.merge(waiting, -1, Integer::sum) == 0) {
          ready.add(position.get(waiting));
        }
      }
    }
    return new Order(sorted, sorted.size() == given.size() ? List.of() : cycle(given, needs, open));
  }

  /** Whatever is left over needs something that is left over, so following it must come round. */
  private static List<String> cycle(
      List<String> given,
      Map<String, ? extends Collection<String>> needs,
      Map<String, Integer> open) {
    List<String> walked = new ArrayList<>();
    Map<String, Integer> at = new HashMap<>();
    String name = given.stream().filter(n -> open.get(n) > 0).findFirst().orElseThrow();
    while (!at.containsKey(name)) {
      at.put(name, walked.size());
      walked.add(name);
      name = needs.get(name).stream().filter(n -> open.get(n) > 0).findFirst().orElseThrow();
    }
    return List.copyOf(walked.subList(at.get(name), walked.size()));
  }
}
