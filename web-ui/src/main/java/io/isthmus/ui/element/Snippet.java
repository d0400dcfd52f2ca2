package io.isthmus.ui.element;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Pre;
import io.isthmus.ui.widget.CopyButton;

/** Commands or the like as they are typed, with a button that copies them. */
public class Snippet extends Div {

  private static final long serialVersionUID = 1L;

  /**
   * @param copy what the button is called, in the reader's language
   */
  public Snippet(String text, String copy) {
    Pre shown = new Pre(text);
    // Long lines scroll sideways; by keyboard only what can be focused scrolls.
    shown.getElement().setAttribute("tabindex", "0");
    add(shown, new CopyButton(text, copy, getTranslation("element.copied")));
    addClassName("snippet");
  }
}
