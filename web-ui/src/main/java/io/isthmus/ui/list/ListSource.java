package io.isthmus.ui.list;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

/** Where a list's rows come from. */
@FunctionalInterface
public interface ListSource<T> {

  /**
   * The rows that are asked for, in the order that is asked for.
   *
   * @param skip how many to leave out, at least 0
   * @param limit most of them, at least 1 and at most {@link #MOST}
   */
  ListSlice<T> fetch(ListState asked, long skip, int limit);

  /** Most rows that are fetched at once. */
  int MOST = 500;

  /**
   * Rows that are few and at hand.
   *
   * @param rows in the list's own order
   * @param wanted whether what is asked for lets a row through
   * @param orders by column; those that are equal stay in the list's own order
   */
  static <T> ListSource<T> of(
      Supplier<? extends Collection<T>> rows,
      BiPredicate<ListState, T> wanted,
      Map<String, Comparator<T>> orders) {
    return (asked, skip, limit) -> {
      List<T> all = rows.get().stream().filter(row -> wanted.test(asked, row)).toList();
      List<T> shown =
          asked
              .sort()
              .filter(sort -> orders.containsKey(sort.column()))
              .map(
                  sort -> {
                    Comparator<T> order = orders.get(sort.column());
                    return all.stream()
                        .sorted(sort.descending() ? order.reversed() : order)
                        .toList();
                  })
              .orElse(all);
      return new ListSlice<>(shown.stream().skip(skip).limit(limit).toList(), all.size());
    };
  }
}
