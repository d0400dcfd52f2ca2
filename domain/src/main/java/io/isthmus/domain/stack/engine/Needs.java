package io.isthmus.domain.stack.engine;

import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.stack.ActionStatus;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackPart.Goal;
import io.isthmus.domain.stack.StackStatus;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** What a stack that goes back needs of quotas beyond what it has. Pure. */
final class Needs {

  private Needs() {}

  /**
   * @param before as the stack's parts are, and are counted
   * @param after as they shall be; what goes has gone before anything is made
   * @return by region; empty where nothing more is needed
   */
  static Map<Place, Map<LimitKind, Long>> more(
      Collection<StackPart> before, Collection<StackPart> after) {
    Map<Place, Map<LimitKind, Long>> more = new HashMap<>();
    add(more, after, Needs::willCount, 1);
    add(more, before, Needs::counts, -1);
    more.values().forEach(there -> there.values().removeIf(amount -> amount <= 0));
    more.values().removeIf(Map::isEmpty);
    return more;
  }

  private static void add(
      Map<Place, Map<LimitKind, Long>> sum,
      Collection<StackPart> parts,
      Predicate<StackPart> which,
      int sign) {
    for (StackPart part : parts) {
      if (which.test(part)) {
        Map<LimitKind, Long> amounts = new HashMap<>(part.counts());
        part.goalSpec().counts().forEach((kind, next) -> amounts.merge(kind, next, Math::max));
        Map<LimitKind, Long> there =
            sum.computeIfAbsent(part.id().place(), none -> new EnumMap<>(LimitKind.class));
        amounts.forEach((kind, amount) -> there.merge(kind, sign * amount, Long::sum));
      }
    }
  }

  private static boolean willCount(StackPart part) {
    return part.goal() == Goal.PRESENT || part.goal() != Goal.ABSENT && counts(part);
  }

  /** As a stack that has not turned yet counts. */
  private static boolean counts(StackPart part) {
    boolean made =
        part.state().physicalId().isPresent() || part.status().equals(StackStatus.CREATING);
    return part.goal() == Goal.PRESENT
        ? made || part.status().status() != ActionStatus.FAILED
        : made && !part.isGone();
  }
}
