package io.isthmus.domain.stack;

import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.placement.Refusal;
import io.isthmus.domain.stack.StackPart.Goal;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Shows parts: of each the generation that shall be there, else the newest. */
final class PartViews {

  private PartViews() {}

  /** The same with all that is known. */
  static List<PartDetail> details(
      Stack stack, Collection<StackPart> parts, List<Refusal> refusals) {
    return newest(stack, parts)
        .map(
            part ->
                new PartDetail(
                    view(stack, part, refusals), part.state().attributes(), part.resolutions()))
        .toList();
  }

  static List<PartView> of(Stack stack, Collection<StackPart> parts, List<Refusal> refusals) {
    return newest(stack, parts).map(part -> view(stack, part, refusals)).toList();
  }

  private static Stream<StackPart> newest(Stack stack, Collection<StackPart> parts) {
    TreeMap<PartId, StackPart> newest = new TreeMap<>();
    parts.stream()
        // Who has gone back to an older generation has that one.
        .sorted(
            Comparator.comparing((StackPart part) -> part.goal() == Goal.PRESENT)
                .thenComparing(part -> !part.isGone())
                .thenComparing(StackPart::key))
        .forEach(part -> newest.put(part.id(), part));
    return newest.values().stream()
        // What went elsewhere is of interest only until it is gone.
        .filter(part -> stack.isLeaving() || part.goal() != Goal.ABSENT || !part.isGone())
        // What was replaced in a lost cloud is told of with that cloud.
        .filter(part -> stack.isLeaving() || !part.isReplaced());
  }

  /** What is there, and its cloud works on, is not asked for again before that is over. */
  private static boolean isTriedAgain(PartState state) {
    boolean there = state.status().action() == StackAction.UPDATE || state.status().isOfSleep();
    return state.status().status() != ActionStatus.COMPLETE
        && (!there || state.trouble().isPresent());
  }

  private static PartView view(Stack stack, StackPart part, List<Refusal> refusals) {
    PartState state = part.state();
    return new PartView(
        part.id(),
        part.type(),
        part.key().generation(),
        part.availabilityZone(),
        state.status(),
        state.health(),
        PhysicalNames.of(stack, part),
        state.physicalId(),
        state.cloudStatus(),
        List.copyOf(Addresses.of(state.attributes())),
        state.trouble(),
        refusals.stream()
            .filter(refusal -> refusal.resource().equals(part.id().resource()))
            .toList(),
        part.goalSpec().requires(),
        state.attempts(),
        state.nextTry().filter(when -> isTriedAgain(state)),
        part.deletionPolicy(),
        state.updatedAt());
  }
}
