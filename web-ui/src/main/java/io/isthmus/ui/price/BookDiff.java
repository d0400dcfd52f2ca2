package io.isthmus.ui.price;

import io.isthmus.domain.cloud.PriceItem;
import io.isthmus.domain.usage.Price;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What becomes of a price book's prices when others take their place. */
record BookDiff(int added, int changed, int removed, int same) {

  /** A price is the same one as long as it is of the same and begins at the same time. */
  private record Key(PriceItem item, Instant from) {

    private static Key of(Price price) {
      return new Key(price.item(), price.from());
    }
  }

  static BookDiff of(Collection<Price> before, Collection<Price> after) {
    Map<Key, Price> old = before.stream().collect(Collectors.toMap(Key::of, Function.identity()));
    int added = 0;
    int changed = 0;
    int same = 0;
    for (Price price : after) {
      Price there = old.remove(Key.of(price));
      if (there == null) {
        added++;
      } else if (isSame(there, price)) {
        same++;
      } else {
        changed++;
      }
    }
    return new BookDiff(added, changed, old.size(), same);
  }

  private static boolean isSame(Price one, Price other) {
    return one.amount().compareTo(other.amount()) == 0
        && one.currency().equals(other.currency())
        && one.to().equals(other.to());
  }

  boolean isNothing() {
    return added == 0 && changed == 0 && removed == 0;
  }
}
