package io.isthmus.ui.element;

import com.vaadin.flow.component.Component;

/** Enter in a field does what the form's button does. */
public final class Enter {

  private static final String ENTERED = "entered";

  /**
   * The value is told before Enter is. A server-side filter for the key would have each other key
   * take the value for told, and what was typed would never come.
   */
  private static final String LISTEN =
      """
      if (!this.tellsEnter) {
        this.tellsEnter = true;
        this.addEventListener('keydown', (event) => {
          if (event.key === 'Enter' && !event.isComposing && !event.repeat) {
            this.dispatchEvent(new CustomEvent('change', { bubbles: true }));
            this.dispatchEvent(new CustomEvent($0));
          }
        });
      }
      """;

  private Enter() {}

  /**
   * @param field of one line; its value is known by the time that it is submitted
   * @param submit what the button does
   */
  public static void in(Component field, Runnable submit) {
    field.getElement().addEventListener(ENTERED, event -> submit.run());
    field.addAttachListener(attached -> field.getElement().executeJs(LISTEN, ENTERED));
    if (field.isAttached()) {
      field.getElement().executeJs(LISTEN, ENTERED);
    }
  }
}
