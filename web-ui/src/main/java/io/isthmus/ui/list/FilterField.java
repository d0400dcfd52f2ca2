package io.isthmus.ui.list;

import com.vaadin.flow.component.combobox.ComboBox;
import java.util.ArrayList;
import java.util.List;

/** One of many words to filter by, or any: some letters of it find it. */
public class FilterField extends ComboBox<String> {

  private static final long serialVersionUID = 1L;

  private transient List<String> offered = List.of();

  /**
   * @param name of what is filtered by
   */
  public FilterField(String name) {
    setAriaLabel(name);
    setPlaceholder(getTranslation("list.any", name));
    addClassName("filter-select");
    setClearButtonVisible(true);
    setItems(offered);
  }

  /** Offers these in the place of those before. */
  public void offer(List<String> words) {
    offered = List.copyOf(words);
    setItems(offered);
  }

  /** The word itself: an address may name what is not offered, such as what is gone. */
  public String find(String word) {
    if (!word.isEmpty() && !offered.contains(word)) {
      List<String> more = new ArrayList<>(offered);
      more.add(word);
      offer(more);
    }
    return word.isEmpty() ? null : word;
  }
}
