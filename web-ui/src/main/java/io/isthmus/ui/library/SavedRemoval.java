package io.isthmus.ui.library;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import io.isthmus.domain.library.SavedItem;
import io.isthmus.ui.element.RemovalDialog;
import java.util.List;

/** Asks before a saved template or policy is lost with all its versions. */
class SavedRemoval extends RemovalDialog {

  private static final long serialVersionUID = 1L;

  /**
   * Asks; what is the project's default has to stop being it first.
   *
   * @param withdraw stops its being the default
   */
  static void ask(SavedItem item, Runnable withdraw, Runnable remove) {
    SavedRemoval removal = new SavedRemoval(item, remove);
    if (!item.isDefault()) {
      removal.open();
      return;
    }
    ConfirmDialog first = new ConfirmDialog();
    first.setHeader(words("library.remove-default-title", item.name()));
    first.setText(words("library.remove-default-words"));
    first.setCancelable(true);
    first.setCancelText(words("shell.cancel"));
    first.setConfirmText(words("library.withdraw-default"));
    first.addConfirmListener(
        confirm -> {
          withdraw.run();
          removal.open();
        });
    first.open();
  }

  private SavedRemoval(SavedItem item, Runnable remove) {
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
