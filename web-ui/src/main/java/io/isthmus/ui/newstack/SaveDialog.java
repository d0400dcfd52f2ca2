package io.isthmus.ui.newstack;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.library.SavedItem;
import io.isthmus.ui.element.Enter;
import io.isthmus.ui.element.FormDialog;
import io.isthmus.ui.element.Notice;
import java.util.Optional;

/** Keeps what is written for the project: under a new name, or as the next version of its own. */
class SaveDialog extends FormDialog {

  private static final long serialVersionUID = 1L;

  /** Saves under a name. */
  @FunctionalInterface
  interface Save {
    /**
     * @param seen the version that was changed; 0 for a new name
     * @throws FederationFault as the library's
     */
    void under(String name, String description, int seen);
  }

  private final transient Optional<SavedItem> origin;
  private final transient Save save;
  private final TextField name = new TextField();
  private final TextField description = new TextField();
  private final Paragraph becomes = new Paragraph();
  private final Div refusal = new Div();

  /**
   * @param origin what was taken from the library to be changed
   */
  SaveDialog(String title, Optional<SavedItem> origin, Save save) {
    this.origin = origin;
    this.save = save;
    setHeaderTitle(title);
    name.setLabel(getTranslation("library.name"));
    name.setWidthFull();
    name.setValue(origin.map(SavedItem::name).orElse(""));
    name.setAutofocus(true);
    name.setValueChangeMode(ValueChangeMode.EAGER);
    name.addValueChangeListener(
        change -> {
          name.setInvalid(false);
          tell();
        });
    Enter.in(name, this::save);
    Enter.in(description, this::save);
    description.setLabel(getTranslation("library.description"));
    description.setWidthFull();
    description.setValueChangeMode(ValueChangeMode.EAGER);
    description.setValue(origin.map(SavedItem::description).orElse(""));
    becomes.addClassName("quiet");
    Div body = new Div(name, becomes, description, refusal);
    body.addClassName("stack");
    add(body);
    Button confirm = new Button(getTranslation("library.save"), click -> save());
    confirm.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    getFooter().add(new Button(getTranslation("shell.cancel"), click -> cancel()), confirm);
    setWidth("480px");
    tell();
  }

  @Override
  protected boolean isTyped() {
    return !name.getValue().equals(origin.map(SavedItem::name).orElse(""))
        || !description.getValue().equals(origin.map(SavedItem::description).orElse(""));
  }

  private int seen() {
    return origin
        .filter(item -> item.name().equals(name.getValue().strip()))
        .map(SavedItem::latest)
        .orElse(0);
  }

  private void tell() {
    int seen = seen();
    becomes.setText(
        seen == 0
            ? getTranslation("library.becomes-new")
            : getTranslation("library.becomes-version", seen + 1));
  }

  private void save() {
    if (name.getValue().isBlank()) {
      name.setErrorMessage(getTranslation("library.name-missing"));
      name.setInvalid(true);
      name.focus();
      return;
    }
    try {
      save.under(name.getValue().strip(), description.getValue().strip(), seen());
      close();
    } catch (FederationFault fault) {
      refusal.removeAll();
      refusal.add(Notice.of(fault));
    }
  }
}
