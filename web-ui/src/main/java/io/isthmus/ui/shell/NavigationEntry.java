package io.isthmus.ui.shell;

import com.vaadin.flow.component.Component;
import io.isthmus.domain.access.Caller;

/**
 * A capability's place in the navigation. Each capability has a bean of this, so that the frame
 * knows none of them.
 */
public interface NavigationEntry {

  /** Key of its words in the portal's messages. */
  String title();

  /** The page it leads to, without parameters. */
  Class<? extends Component> page();

  /** Smaller is further up. */
  int order();

  /** Whether it stands in the section for those who run the federation. */
  default boolean isAdministration() {
    return false;
  }

  /** Whether this caller sees it. */
  default boolean isFor(Caller caller) {
    return !isAdministration() || caller.isFederationAdmin();
  }
}
