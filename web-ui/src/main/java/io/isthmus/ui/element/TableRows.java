package io.isthmus.ui.element;

import java.util.List;

/** The rows of a table, kept while what they show stays the same. */
interface TableRows<T> {

  /** Shows these in place of those shown. */
  void show(List<T> items);
}
