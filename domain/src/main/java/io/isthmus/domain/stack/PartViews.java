package io.isthmus.domain.stack;

import io.isthmus.domain.placement.PartId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** Shows parts: of each the newest generation. */
final class PartViews {

  private PartViews() {}

  static List<PartView> of(Stack stack, Collection<StackPart> parts) {
    TreeMap<PartId, StackPart> newest = new TreeMap<>();
    parts.stream()
        .sorted(Comparator.comparing(StackPart::key))
        .forEach(part -> newest.put(part.id(), part));
    return newest.values().stream().map(part -> view(stack, part)).toList();
  }

  private static PartView view(Stack stack, StackPart part) {
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
        part.requires(),
        state.attempts(),
        state.nextTry().filter(when -> state.status().status() != ActionStatus.COMPLETE),
        state.updatedAt());
  }
}
