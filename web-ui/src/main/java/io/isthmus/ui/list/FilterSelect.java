package io.isthmus.ui.list;

import com.vaadin.flow.component.ItemLabelGenerator;
import com.vaadin.flow.component.select.Select;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One of a few values to filter by, or any. */
public class FilterSelect<T> extends Select<T> {

  private static final long serialVersionUID = 1L;

  private transient List<T> offered;

  /**
   * @param name of what is filtered by
   * @param words for a value
   */
  public FilterSelect(String name, Collection<T> values, ItemLabelGenerator<T> words) {
    this(name, "", values, words);
  }

  /**
   * @param name of what is filtered by
   * @param otherwise what is listed when none is chosen; empty for any
   * @param words for a value
   */
  public FilterSelect(
      String name, String otherwise, Collection<T> values, ItemLabelGenerator<T> words) {
    String any = otherwise.isEmpty() ? getTranslation("list.any", name) : otherwise;
    setAriaLabel(name);
    addClassName("filter-select");
    // What is chosen of a few that are equals is read whole; elsewhere the name leads.
    int longest =
        otherwise.isEmpty()
            ? any.length()
            : Stream.concat(Stream.of(any), values.stream().map(words::apply))
                .mapToInt(String::length)
                .max()
                .orElseThrow();
    // On average a character is about as wide as a zero.
    setWidth("calc(" + longest + "ch + 48px)");
    offered = List.copyOf(values);
    setItems(offered);
    // Vaadin asks for the words of the empty choice too.
    setItemLabelGenerator(value -> value == null ? any : words.apply(value));
    setEmptySelectionAllowed(true);
    setEmptySelectionCaption(any);
  }

  /** Offers these in the place of those before; a choice that is among them stays. */
  public void offer(Collection<? extends T> values) {
    List<T> distinct = values.stream().<T>map(value -> value).distinct().sorted().toList();
    if (!distinct.equals(offered)) {
      Optional<T> chosen = getOptionalValue();
      offered = distinct;
      setItems(distinct);
      chosen.filter(distinct::contains).ifPresent(this::setValue);
    }
  }

  /**
   * The one that is offered under that word; null for a word that is none, which filters nothing.
   */
  public T find(String word) {
    return offered.stream().filter(each -> each.toString().equals(word)).findFirst().orElse(null);
  }
}
