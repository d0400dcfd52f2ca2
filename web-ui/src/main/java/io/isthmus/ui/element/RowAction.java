package io.isthmus.ui.element;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HtmlContainer;
import com.vaadin.flow.component.html.Anchor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Something to do to a row, offered at its end.
 *
 * @param shown what is clicked
 * @param offered whether it can be done to a row
 * @param act does it
 */
public record RowAction<T>(Function<T, Component> shown, Predicate<T> offered, Consumer<T> act) {

  /**
   * A button with a picture.
   *
   * @param name of what it does, and to what
   */
  public static <T> RowAction<T> of(Glyph picture, Function<T, String> name, Consumer<T> act) {
    return new RowAction<>(
        item -> {
          HtmlContainer button = button("small tertiary icon", name.apply(item));
          button.add(picture.create());
          button.setTitle(name.apply(item));
          return button;
        },
        item -> true,
        act);
  }

  /**
   * A button with a word.
   *
   * @param name of what it does, and to what, for a screen reader
   */
  public static <T> RowAction<T> of(String word, Function<T, String> name, Consumer<T> act) {
    return new RowAction<>(
        item -> {
          HtmlContainer button = button("small tertiary", name.apply(item));
          button.setText(word);
          return button;
        },
        item -> true,
        act);
  }

  /** A link to where it is done. */
  public static <T> RowAction<T> link(
      String word, Function<T, String> name, Function<T, String> address) {
    return new RowAction<>(
        item -> {
          Anchor link = new Anchor(address.apply(item), word);
          link.setAriaLabel(name.apply(item));
          return link;
        },
        item -> true,
        item -> {});
  }

  /** The same, looking like what does harm. */
  public RowAction<T> harmful() {
    return new RowAction<>(
        item -> {
          Component made = shown.apply(item);
          made.getElement()
              .setAttribute("theme", made.getElement().getAttribute("theme") + " error");
          return made;
        },
        offered,
        act);
  }

  /** The same, for these rows only. */
  public RowAction<T> when(Predicate<T> possible) {
    return new RowAction<>(shown, possible, act);
  }

  /** Vaadin's button as the browser knows it: Vaadin's own component listens from the start. */
  private static HtmlContainer button(String theme, String name) {
    HtmlContainer button = new HtmlContainer("vaadin-button");
    button.getElement().setAttribute("theme", theme).setAttribute("aria-label", name);
    return button;
  }
}
