package io.isthmus.ui.element;

import com.vaadin.flow.component.html.Span;
import io.isthmus.ui.widget.CopyButton;

/** An id, an address or the like, with a button that copies it. */
public class Copyable extends Span {

  private static final long serialVersionUID = 1L;

  /** An id of which only the beginning is shown, where many stand below each other. */
  public static Copyable shortened(String id) {
    Copyable shortened = new Copyable(id);
    shortened.addClassName("short");
    shortened.getElement().setAttribute("title", id);
    return shortened;
  }

  public Copyable(String text) {
    Span value = new Span(text);
    value.addClassName("mono");
    add(
        value,
        new CopyButton(
            text, getTranslation("element.copy", text), getTranslation("element.copied")));
    addClassName("copyable");
  }
}
