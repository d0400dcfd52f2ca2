package io.isthmus.ui.stack;

import com.vaadin.flow.component.html.Div;
import io.isthmus.ui.list.ListState;

/** One tab of a stack's page. */
abstract class StackTab extends Div {

  private static final long serialVersionUID = 1L;

  /** The tabs, in order. */
  enum Name {
    OVERVIEW,
    RESOURCES,
    TOPOLOGY,
    EVENTS,
    DRIFT,
    OUTPUTS,
    PLAN,
    REHEARSALS,
    TEMPLATE
  }

  StackTab() {
    addClassName("stack-wide");
  }

  /** Is told what the address says now, before it is shown again. */
  void ask(ListState now) {}

  /** Shows what is new, and leaves the rest as it is. */
  abstract void show(StackState state);
}
