package io.isthmus.ui.element;

import com.vaadin.flow.component.html.Span;
import java.util.Locale;

/**
 * The few pictures on buttons. They are the theme's own, as Vaadin's sets of hundreds are a fifth
 * of what a browser would have to read before it shows a page.
 */
public enum Glyph {
  BELL,
  CLOSE,
  LOOK,
  REFRESH,
  SEARCH,
  TRASH;

  /** The picture alone; what it stands for is for its button to say. */
  public Span create() {
    Span picture = new Span();
    picture.addClassNames("glyph", "glyph-" + name().toLowerCase(Locale.ROOT));
    picture.getElement().setAttribute("aria-hidden", "true");
    return picture;
  }
}
