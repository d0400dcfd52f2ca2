package io.isthmus.domain.stack;

import java.util.Set;

/**
 * CDI event: clouds told that physical resources with marks of these stacks have another status or
 * are gone. Anybody can write a mark, so that it says where to look, not what is true.
 */
public record PartsMoved(Set<StackId> stacks) {

  public PartsMoved {
    stacks = Set.copyOf(stacks);
  }
}
