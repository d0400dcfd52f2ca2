package io.isthmus.ui.element;

import com.vaadin.flow.component.Component;
import io.isthmus.domain.cloud.PriceItem;

/** What has a price, in the reader's words. */
public final class ItemWords {

  private ItemWords() {}

  /** Kind and name, as in {@code Server m1.small}. */
  public static String of(Component reader, PriceItem item) {
    String kind = reader.getTranslation("price-item." + item.kind());
    return item.name().isEmpty() ? kind : kind + " " + item.name();
  }

  /** As short as it can be told from others: a name, or what there is one of. */
  public static String briefly(Component reader, PriceItem item) {
    return item.name().isEmpty() ? reader.getTranslation("price-item." + item.kind()) : item.name();
  }

  /** What the price of one kind is for, as in {@code per hour}. */
  public static String unit(Component reader, PriceItem.Kind kind) {
    return reader.getTranslation("price-item.unit-" + kind);
  }
}
