package io.isthmus.ui.newstack;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.notification.Notification;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.library.ItemKind;
import io.isthmus.domain.library.Library;
import io.isthmus.domain.library.SaveItem;
import io.isthmus.domain.library.SavedItem;
import io.isthmus.domain.template.TemplateSource;
import java.util.List;
import java.util.function.Consumer;

/** The project's library, as the steps to a new stack use it. */
class Saving {

  private final Library library;
  private final ProjectId project;
  private final Caller caller;
  private final Draft draft;

  Saving(Library library, ProjectId project, Caller caller, Draft draft) {
    this.library = library;
    this.project = project;
    this.caller = caller;
    this.draft = draft;
  }

  List<SavedItem> list(ItemKind kind) {
    return library.list(project, kind, caller);
  }

  /** A button that keeps what the draft has of a kind. */
  Button button(ItemKind kind) {
    return button(kind, saved -> {});
  }

  /**
   * A button that keeps what the draft has of a kind.
   *
   * @param then is told what was kept
   */
  Button button(ItemKind kind, Consumer<SavedItem> then) {
    Button button = new Button();
    button.setText(button.getTranslation("library.save-" + kind.text()));
    button.addClickListener(
        click ->
            new SaveDialog(
                    button.getTranslation("library.save-title-" + kind.text()),
                    draft.origin(kind),
                    (name, description, seen) -> {
                      SavedItem saved = save(kind, name, description, seen);
                      Notification.show(
                          button.getTranslation("library.saved-as", saved.name(), saved.version()));
                      then.accept(saved);
                    })
                .open());
    return button;
  }

  private SavedItem save(ItemKind kind, String name, String description, int seen) {
    boolean template = kind == ItemKind.TEMPLATE;
    SavedItem saved =
        library.save(
            new SaveItem(
                project,
                kind,
                name,
                description,
                template ? draft.source() : TemplateSource.of(draft.policy()),
                template ? draft.environment() : "",
                seen),
            caller);
    draft.setOrigin(saved);
    return saved;
  }
}
