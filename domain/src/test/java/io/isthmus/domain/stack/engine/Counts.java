package io.isthmus.domain.stack.engine;

import java.util.Map;
import java.util.TreeMap;

/** How often things happened in simulated lives. */
final class Counts {

  private final Map<String, Long> counts = new TreeMap<>();

  void count(String what) {
    add(what, 1);
  }

  void add(String what, long times) {
    counts.merge(what, times, Long::sum);
  }

  void addAll(Counts other) {
    other.counts.forEach(this::add);
  }

  long of(String what) {
    return counts.getOrDefault(what, 0L);
  }

  /** One line for each, by name. */
  @Override
  public String toString() {
    StringBuilder lines = new StringBuilder();
    counts.forEach((what, times) -> lines.append(String.format("%,14d  %s%n", times, what)));
    return lines.toString();
  }
}
