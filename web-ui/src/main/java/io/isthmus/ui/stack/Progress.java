package io.isthmus.ui.stack;

import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Div;
import io.isthmus.domain.stack.StackView;

/** How far a stack has come: n of m, with a bar while something is being done. */
class Progress extends Div {

  private static final long serialVersionUID = 1L;

  Progress(StackView stack) {
    add(new Text(getTranslation("progress.of", stack.partsDone(), stack.parts())));
    if (!stack.status().isTerminal()) {
      Div bar = new Div();
      bar.addClassNames("moving-bar");
      bar.getElement()
          .setAttribute("role", "progressbar")
          .setAttribute(
              "aria-label", getTranslation("progress.of", stack.partsDone(), stack.parts()))
          .setAttribute("aria-valuemin", "0")
          .setAttribute("aria-valuemax", String.valueOf(stack.parts()))
          .setAttribute("aria-valuenow", String.valueOf(stack.partsDone()));
      if (stack.partsDone() > 0 && stack.parts() > 0) {
        bar.addClassName("known");
        bar.getStyle().set("--done", 100 * stack.partsDone() / stack.parts() + "%");
      }
      add(bar);
    }
  }
}
