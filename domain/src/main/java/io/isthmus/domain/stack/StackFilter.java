package io.isthmus.domain.stack;

import java.util.Optional;

/**
 * Which stacks to list. Deleted ones only when asked for by status.
 *
 * @param name part of the name, in any case
 */
public record StackFilter(Optional<String> name, Optional<StackStatus> status) {

  public static final StackFilter ALL = new StackFilter(Optional.empty(), Optional.empty());
}
