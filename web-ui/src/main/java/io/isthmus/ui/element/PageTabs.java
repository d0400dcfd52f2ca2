package io.isthmus.ui.element;

import com.vaadin.flow.component.tabs.Tab;
import com.vaadin.flow.component.tabs.Tabs;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A page's tabs, of which each has a word in the address.
 *
 * @param <N> their names, in order
 */
public class PageTabs<N extends Enum<N>> extends Tabs {

  private static final long serialVersionUID = 1L;

  private final Map<N, Tab> tabs;

  /**
   * @param labels by word
   * @param chosen is told of the one that the reader takes
   */
  public PageTabs(Class<N> names, Function<String, String> labels, Consumer<N> chosen) {
    tabs = new EnumMap<>(names);
    for (N name : names.getEnumConstants()) {
      Tab tab = new Tab(labels.apply(word(name)));
      tabs.put(name, tab);
      add(tab);
    }
    addSelectedChangeListener(
        change -> {
          if (change.isFromClient()) {
            tabs.forEach(
                (name, tab) -> {
                  if (tab.equals(change.getSelectedTab())) {
                    chosen.accept(name);
                  }
                });
          }
        });
  }

  /** As in the address. */
  public static String word(Enum<?> name) {
    return name.name().toLowerCase(Locale.ROOT);
  }

  public static <N extends Enum<N>> Optional<N> find(Class<N> names, String word) {
    return Arrays.stream(names.getEnumConstants())
        .filter(name -> word(name).equals(word))
        .findFirst();
  }

  public void select(N name) {
    setSelectedTab(tabs.get(name));
  }

  public void setLabel(N name, String label) {
    tabs.get(name).setLabel(label);
  }
}
