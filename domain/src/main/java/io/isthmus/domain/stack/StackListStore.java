package io.isthmus.domain.stack;

import io.isthmus.domain.access.ProjectId;
import java.util.List;
import java.util.Optional;

/** Port: finds a project's stacks as they are shown, without what only the engine needs of them. */
public interface StackListStore {

  /**
   * Stacks of a project in an order.
   *
   * @param after only those that come after this one in the order
   * @param skip how many of those to leave out, at least 0
   * @param limit most of them, at least 1
   */
  List<StackView> page(
      ProjectId project,
      StackFilter filter,
      StackOrder order,
      Optional<Position> after,
      long skip,
      int limit);

  long count(ProjectId project, StackFilter filter);

  /** How many stacks of a project are how urgent, deleted ones left out. */
  StackTotals totals(ProjectId project);

  /**
   * The most urgent stacks of a project, among equals the newest first; deleted ones are left out.
   *
   * @param limit most of them, at least 1
   */
  List<StackView> mostUrgent(ProjectId project, int limit);

  /**
   * A place in an order.
   *
   * @param key what {@link StackOrder.By#of} gives of the stack there
   */
  record Position(String key, StackId stack) {}
}
