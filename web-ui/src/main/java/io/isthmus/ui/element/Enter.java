package io.isthmus.ui.element;

import com.vaadin.flow.component.Component;

/** Enter in a field of one line does what the form's main button does. */
public final class Enter {

  private Enter() {}

  /**
   * @param field of one line; its value is known by the time that it is submitted
   * @param submit what the button does
   */
  public static void in(Component field, Runnable submit) {
    field
        .getElement()
        .addEventListener("keydown", event -> submit.run())
        .setFilter("event.key === 'Enter' && !event.isComposing && !event.repeat")
        .synchronizeProperty("value");
  }
}
