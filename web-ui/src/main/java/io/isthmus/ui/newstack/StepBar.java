package io.isthmus.ui.newstack;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Span;

/** All steps in order: where one is, and the way back to those before. */
class StepBar extends OrderedList {

  private static final long serialVersionUID = 1L;

  /**
   * @param goesOn whether the reader comes from another step, and the keyboard with them
   */
  StepBar(Draft draft, Step step, boolean goesOn) {
    addClassName("steps");
    for (Step each : Step.values()) {
      ListItem item = new ListItem();
      String words = getTranslation("new.step-" + each.word());
      if (each == step) {
        Span here = new Span(words);
        here.getElement().setAttribute("aria-current", "step");
        if (goesOn) {
          here.getElement().setAttribute("tabindex", "-1");
          here.getElement().executeJs("this.focus({preventScroll: true})");
        }
        item.add(here);
      } else if (each.ordinal() < step.ordinal()) {
        item.add(new Anchor("/" + draft.address(each), words));
      } else {
        item.add(new Span(words));
      }
      add(item);
    }
  }
}
