package io.isthmus.ui.cloud;

import com.vaadin.flow.component.html.Div;
import io.isthmus.ui.element.EmptyState;

/** Says that nothing could be read from the cloud so far. */
class NothingRead extends Div {

  private static final long serialVersionUID = 1L;

  NothingRead() {
    add(
        new EmptyState(
            getTranslation("clouds.nothing-read"), getTranslation("clouds.nothing-read-words")));
  }
}
