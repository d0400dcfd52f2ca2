package io.isthmus.ui.list;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import java.util.function.Function;

/**
 * One column of a list.
 *
 * @param id as in the address
 * @param header what it is called
 * @param cell what is shown
 * @param text what the CSV file has, the same for readers of every language
 * @param number whether it holds figures
 * @param sortable whether the source can order by it
 * @param optional whether it is left out until a reader chooses it
 */
public record ListColumn<T>(
    String id,
    String header,
    Function<T, Component> cell,
    Function<T, String> text,
    boolean number,
    boolean sortable,
    boolean optional) {

  public static <T> ListColumn<T> of(
      String id, String header, Function<T, Component> cell, Function<T, String> text) {
    return new ListColumn<>(id, header, cell, text, false, false, false);
  }

  /** A column that shows what the CSV file has. */
  public static <T> ListColumn<T> text(String id, String header, Function<T, String> text) {
    return of(id, header, row -> new Text(text.apply(row)), text);
  }

  /** Figures, written for the reader, and bare in the CSV file. */
  public static <T> ListColumn<T> number(
      String id, String header, Function<T, String> shown, Function<T, Number> number) {
    return new ListColumn<>(
        id,
        header,
        row -> new Text(shown.apply(row)),
        row -> String.valueOf(number.apply(row)),
        true,
        false,
        false);
  }

  public ListColumn<T> sorts() {
    return new ListColumn<>(id, header, cell, text, number, true, optional);
  }

  public ListColumn<T> whenChosen() {
    return new ListColumn<>(id, header, cell, text, number, sortable, true);
  }
}
