package io.isthmus.ui.stack;

import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.stack.PartView;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** How parts are called where all are of one stack. */
final class PartNames {

  private PartNames() {}

  /** The resource's path, with the place behind it where the resource is in several. */
  static String of(PartId part, Collection<PartView> all) {
    boolean several =
        all.stream().filter(other -> other.id().resource().equals(part.resource())).count() > 1;
    return several
        ? part.resource() + " · " + part.cloud() + " / " + part.region()
        : part.resource();
  }

  /** The part that an address or a click names. */
  static Optional<PartView> find(String id, List<PartView> parts) {
    return parts.stream().filter(part -> part.id().toString().equals(id)).findFirst();
  }
}
