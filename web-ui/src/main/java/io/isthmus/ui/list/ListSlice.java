package io.isthmus.ui.list;

import java.util.List;

/**
 * Some rows of a list.
 *
 * @param total how many there are in all that were asked for
 */
public record ListSlice<T>(List<T> rows, long total) {

  public ListSlice {
    rows = List.copyOf(rows);
  }
}
