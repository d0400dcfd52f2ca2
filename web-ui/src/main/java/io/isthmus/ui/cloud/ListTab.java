package io.isthmus.ui.cloud;

import io.isthmus.ui.list.ListPanel;
import io.isthmus.ui.list.ListState;

/**
 * A tab that is a list, as the address asks for it.
 *
 * @param <T> what a row shows
 */
abstract class ListTab<T> extends CloudTab {

  private static final long serialVersionUID = 1L;

  private transient ListState asked;
  private boolean filled;

  /**
   * @param asked what to show first
   */
  ListTab(ListState asked) {
    this.asked = asked;
  }

  abstract ListPanel<T> list();

  /** Draws the list from what it is made of now. */
  final void fill() {
    if (filled) {
      list().refresh();
    } else {
      filled = true;
      list().show(asked);
    }
  }

  @Override
  final void ask(ListState now) {
    asked = now;
    if (filled) {
      list().show(asked);
    }
  }
}
