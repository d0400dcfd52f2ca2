package io.isthmus.domain.stack;

import io.isthmus.domain.placement.PartId;
import java.util.List;

/**
 * What becomes of one physical resource in an update of its stack.
 *
 * @param causes the properties whose change causes it, as in the template, such as {@code flavor};
 *     empty for what is added, removed or unchanged
 * @param newFirst of a REPLACED part, whether the new one is made before the old one goes; false
 *     where both at once cannot be, since they would have the same address or name
 */
public record PartChange(PartId id, Kind kind, List<String> causes, boolean newFirst) {

  public PartChange {
    causes = List.copyOf(causes);
  }

  /** How it is changed. A resource that moves has a part that is removed and one that is added. */
  public enum Kind {
    UNCHANGED,
    /** In place; no other physical resource takes its place. */
    UPDATED,
    /** A new generation takes its place. */
    REPLACED,
    ADDED,
    REMOVED
  }
}
