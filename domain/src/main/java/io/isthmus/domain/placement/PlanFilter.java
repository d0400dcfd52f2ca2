package io.isthmus.domain.placement;

import java.util.Optional;

/**
 * Which plans to list.
 *
 * @param name part of the name, in any case
 * @param accepted whether it became a stack
 */
public record PlanFilter(Optional<String> name, Optional<Boolean> accepted) {

  public static final PlanFilter ALL = new PlanFilter(Optional.empty(), Optional.empty());
}
