package io.isthmus.ui.stack;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import io.isthmus.domain.stack.StackId;
import io.isthmus.ui.element.EmptyState;

/** What stands where a stack's resources would be when it has none in any cloud. */
final class NoParts {

  private NoParts() {}

  /**
   * @param page speaks the reader's language
   */
  static EmptyState of(Component page, StackId stack) {
    return new EmptyState(
        page.getTranslation("part.none"),
        page.getTranslation("part.none-words"),
        new Anchor("/stacks/" + stack + "/outputs", page.getTranslation("part.to-outputs")));
  }
}
