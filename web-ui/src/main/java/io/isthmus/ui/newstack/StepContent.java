package io.isthmus.ui.newstack;

import com.vaadin.flow.component.html.Div;

/** What one step shows. It writes into the draft whatever is typed, as it is typed. */
abstract class StepContent extends Div {

  private static final long serialVersionUID = 1L;

  StepContent() {
    addClassName("stack-wide");
  }

  /** Whether the next step may be gone to; if not, shows why at the place. */
  abstract boolean isReady();
}
