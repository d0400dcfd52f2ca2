package io.isthmus.domain.stack.update;

import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.placement.ResourceChange;
import io.isthmus.domain.stack.PartChange;
import java.util.List;

/**
 * What an update changes.
 *
 * @param parts one for each part that is there or shall be, those that shall be in their order,
 *     then those that go
 * @param resources the same for people, computed resources included, in the template's order
 * @param impossible what no cloud does
 */
public record Compared(
    List<PartChange> parts, List<ResourceChange> resources, List<Violation> impossible) {

  public Compared {
    parts = List.copyOf(parts);
    resources = List.copyOf(resources);
    impossible = List.copyOf(impossible);
  }
}
