package io.isthmus.ui.list;

import com.vaadin.flow.component.ItemLabelGenerator;
import com.vaadin.flow.component.select.Select;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** One of a few values to filter by, or any. */
public class FilterSelect<T> extends Select<T> {

  private static final long serialVersionUID = 1L;

  /** In pixels: of the field, of a character, and of what is around the words. */
  private static final int LEAST = 168;

  private static final int CHARACTER = 8;
  private static final int AROUND = 48;

  private transient List<T> offered;

  /**
   * @param name of what is filtered by
   * @param words for a value
   */
  public FilterSelect(String name, Collection<T> values, ItemLabelGenerator<T> words) {
    String any = getTranslation("list.any", name);
    setAriaLabel(name);
    setWidth(Math.max(LEAST, any.length() * CHARACTER + AROUND) + "px");
    setMaxWidth("100%");
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
