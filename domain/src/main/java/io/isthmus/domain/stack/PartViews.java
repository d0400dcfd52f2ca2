package io.isthmus.domain.stack;

import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.placement.Refusal;
import io.isthmus.domain.stack.StackPart.Goal;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** Shows parts: of each the newest generation. */
final class PartViews {

  private PartViews() {}

  static List<PartView> of(Stack stack, Collection<StackPart> parts, List<Refusal> refusals) {
    TreeMap<PartId, StackPart> newest = new TreeMap<>();
    parts.stream()
        .sorted(Comparator.comparing(StackPart::key))
        .forEach(part -> newest.put(part.id(), part));
    return newest.values().stream()
        // What went elsewhere is of interest only until it is gone.
        .filter(part -> stack.isLeaving() || part.goal() != Goal.ABSENT || !part.isGone())
        .map(part -> view(stack, part, refusals))
        .toList();
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
        state.attributes(),
        state.trouble(),
        part.resolutions(),
        refusals.stream()
            .filter(refusal -> refusal.resource().equals(part.id().resource()))
            .toList(),
        part.requires(),
        state.attempts(),
        state.nextTry().filter(when -> state.status().status() != ActionStatus.COMPLETE),
        state.updatedAt());
  }
}
