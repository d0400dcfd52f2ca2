package io.isthmus.domain.stack;

import java.util.Map;

/** How many stacks a project has, by how urgent they are; deleted ones are not counted. */
public record StackTotals(Map<Urgency, Long> byUrgency) {

  public StackTotals {
    byUrgency = Map.copyOf(byUrgency);
  }

  public long all() {
    return byUrgency.values().stream().mapToLong(Long::longValue).sum();
  }

  public long of(Urgency urgency) {
    return byUrgency.getOrDefault(urgency, 0L);
  }
}
