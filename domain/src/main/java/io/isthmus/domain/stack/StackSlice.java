package io.isthmus.domain.stack;

import java.util.List;

/**
 * Some stacks in the order asked for, by how many come before them.
 *
 * @param total how many there are that the filter lets through
 */
public record StackSlice(List<StackView> stacks, long total) {

  public StackSlice {
    stacks = List.copyOf(stacks);
  }
}
