package io.isthmus.ui.list;

import java.util.List;

/**
 * Some rows of a list.
 *
 * @param total how many there are in all that were asked for
 * @param andMore whether there are more than that, which nobody has counted
 */
public record ListSlice<T>(List<T> rows, long total, boolean andMore) {

  public ListSlice {
    rows = List.copyOf(rows);
  }

  /** One of a list that was counted to its end. */
  public ListSlice(List<T> rows, long total) {
    this(rows, total, false);
  }
}
