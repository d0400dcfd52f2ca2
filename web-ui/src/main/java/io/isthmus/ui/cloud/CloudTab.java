package io.isthmus.ui.cloud;

import com.vaadin.flow.component.html.Div;
import io.isthmus.ui.list.ListState;

/** One tab of a cloud's page. */
abstract class CloudTab extends Div {

  private static final long serialVersionUID = 1L;

  /** The tabs, in order. */
  enum Name {
    OVERVIEW,
    REGIONS,
    FLAVORS,
    IMAGES,
    NETWORKS,
    LIMITS,
    ACCESSES,
    MIRROR,
    EQUIVALENCES;

    /** Whether it shows what one project finds, so that the project is to be chosen. */
    boolean isOfOneAccess() {
      return this == REGIONS || this == FLAVORS || this == IMAGES || this == NETWORKS;
    }
  }

  CloudTab() {
    addClassName("stack-wide");
  }

  /** Shows what is new, and leaves the rest as it is. */
  abstract void show(CloudState state);

  /** Shows what is new of what is not in the cloud's own state. */
  void refresh() {}

  /** What the address asks of a list; other tabs show all there is. */
  void ask(ListState asked) {}
}
