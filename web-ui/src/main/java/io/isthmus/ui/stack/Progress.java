package io.isthmus.ui.stack;

import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Div;
import io.isthmus.domain.stack.StackAction;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.domain.stack.StackView;

/** How far a stack has come: n of m, or n of m gone, with a bar while something is being done. */
class Progress extends Div {

  private static final long serialVersionUID = 1L;

  Progress(StackView stack) {
    String words = getTranslation(key(stack.status()), stack.partsDone(), stack.parts());
    add(new Text(words));
    if (!stack.status().isTerminal()) {
      Div bar = new Div();
      bar.addClassNames("moving-bar");
      bar.getElement()
          .setAttribute("role", "progressbar")
          .setAttribute("aria-label", words)
          .setAttribute("aria-valuemin", "0")
          .setAttribute("aria-valuemax", String.valueOf(stack.parts()))
          .setAttribute("aria-valuenow", String.valueOf(stack.partsDone()));
      // Of a check, or of sleep, what is counted says nothing of how far it is.
      boolean counted = stack.status().isMaking() || stack.status().action() == StackAction.DELETE;
      if (counted && stack.partsDone() > 0 && stack.parts() > 0) {
        bar.addClassName("known");
        bar.getStyle().set("--done", 100 * stack.partsDone() / stack.parts() + "%");
      }
      add(bar);
    }
  }

  /** Says what is counted: what is complete, or what is gone. */
  static String key(StackStatus status) {
    return status.action() == StackAction.DELETE ? "progress.gone" : "progress.of";
  }
}
