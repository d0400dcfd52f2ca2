package io.isthmus.ui.library;

import com.vaadin.flow.component.UI;
import io.isthmus.domain.library.SavedItem;
import io.isthmus.ui.element.RemovalDialog;
import java.util.List;

/** Asks before a saved template or policy is lost with all its versions. */
class SavedRemoval extends RemovalDialog {

  private static final long serialVersionUID = 1L;

  SavedRemoval(SavedItem item, Runnable remove) {
    super(
        words("library.remove-title", item.name()),
        List.of(words("library.lost", item.latest()), words("library.stays")),
        item.name(),
        words("library.remove"),
        remove);
  }

  private static String words(String key, Object... arguments) {
    return UI.getCurrent().getTranslation(key, arguments);
  }
}
