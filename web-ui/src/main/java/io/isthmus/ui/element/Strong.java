package io.isthmus.ui.element;

import com.vaadin.flow.component.HtmlContainer;
import com.vaadin.flow.component.Tag;

/** Words that matter more than those around them. */
@Tag("strong")
public class Strong extends HtmlContainer {

  private static final long serialVersionUID = 1L;

  public Strong(String text) {
    setText(text);
  }
}
