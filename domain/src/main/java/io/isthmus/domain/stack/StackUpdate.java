package io.isthmus.domain.stack;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.network.Segment;
import io.isthmus.domain.placement.PlannedPart;
import java.util.List;
import java.util.Set;

/**
 * What an update makes of a stack's parts.
 *
 * @param parts all that shall be there afterwards, each after all that it requires
 * @param changes one for each part that is there or shall be
 * @param segments addresses of all of them, those that the stack has already included
 * @param lost clouds that are given up: what the stack has there is not waited for and not removed
 */
public record StackUpdate(
    List<PlannedPart> parts, List<PartChange> changes, List<Segment> segments, Set<CloudId> lost) {

  public StackUpdate {
    parts = List.copyOf(parts);
    changes = List.copyOf(changes);
    segments = List.copyOf(segments);
    lost = Set.copyOf(lost);
  }

  /** One for which no cloud is given up. */
  public StackUpdate(List<PlannedPart> parts, List<PartChange> changes, List<Segment> segments) {
    this(parts, changes, segments, Set.of());
  }
}
