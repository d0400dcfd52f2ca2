package io.isthmus.ui.list;

import com.vaadin.flow.component.ItemLabelGenerator;
import com.vaadin.flow.component.select.Select;
import java.util.Collection;

/** One of a few values to filter by, or any. */
public class FilterSelect<T> extends Select<T> {

  private static final long serialVersionUID = 1L;

  /**
   * @param name of what is filtered by
   * @param words for a value
   */
  public FilterSelect(String name, Collection<T> values, ItemLabelGenerator<T> words) {
    String any = getTranslation("list.any", name);
    setAriaLabel(name);
    setItems(values);
    // Vaadin asks for the words of the empty choice too.
    setItemLabelGenerator(value -> value == null ? any : words.apply(value));
    setEmptySelectionAllowed(true);
    setEmptySelectionCaption(any);
  }
}
