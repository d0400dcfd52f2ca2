package io.isthmus.ui.newstack;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.stack.StackFilter;
import io.isthmus.domain.stack.StackLists;
import io.isthmus.domain.stack.StackOrder;
import io.isthmus.domain.stack.StackService;
import io.isthmus.domain.stack.StackView;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The names that a project's stacks have now. Another may be taken a moment later: who creates a
 * stack is told.
 */
class StackNames {

  private final Function<String, Set<String>> containing;

  /**
   * @param containing gives the names that contain a text
   */
  StackNames(Function<String, Set<String>> containing) {
    this.containing = containing;
  }

  static StackNames of(StackLists lists, ProjectId project, Caller caller) {
    return new StackNames(
        part ->
            lists
                .slice(
                    project,
                    StackFilter.of(Optional.of(part), Optional.empty()),
                    // What is like it first: the shortest names are.
                    new StackOrder(StackOrder.By.NAME, false),
                    0,
                    StackService.MOST,
                    caller)
                .stacks()
                .stream()
                .map(StackView::name)
                .collect(Collectors.toSet()));
  }

  boolean isTaken(String name) {
    return containing.apply(name).contains(name);
  }

  /** The name itself, or the first that is free of it with a number behind. */
  String free(String name) {
    Set<String> taken = containing.apply(name);
    return taken.contains(name)
        ? IntStream.iterate(2, number -> number + 1)
            .mapToObj(number -> name + "-" + number)
            .filter(each -> !taken.contains(each))
            .findFirst()
            .orElseThrow()
        : name;
  }
}
