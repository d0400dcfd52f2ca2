package io.isthmus.domain.stack;

import io.isthmus.domain.placement.PartId;

/**
 * One generation of a part: what one mark names.
 *
 * @param generation from 1
 */
public record PartKey(PartId id, int generation) implements Comparable<PartKey> {

  @Override
  public int compareTo(PartKey other) {
    int byId = id.compareTo(other.id);
    return byId != 0 ? byId : Integer.compare(generation, other.generation);
  }

  /** {@code web/0@gra/GRA-1#2}. */
  @Override
  public String toString() {
    return id + "#" + generation;
  }
}
