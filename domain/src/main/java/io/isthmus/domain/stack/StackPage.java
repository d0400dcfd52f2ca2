package io.isthmus.domain.stack;

import java.util.List;
import java.util.Optional;

/**
 * Some stacks in the order asked for.
 *
 * @param next cursor of the following page; empty on the last
 */
public record StackPage(List<StackView> stacks, Optional<String> next) {

  public StackPage {
    stacks = List.copyOf(stacks);
  }
}
