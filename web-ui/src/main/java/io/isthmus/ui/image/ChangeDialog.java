package io.isthmus.ui.image;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextArea;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.image.ImageChange;
import io.isthmus.domain.image.Images;
import io.isthmus.domain.image.ProjectImage;
import io.isthmus.ui.element.FormDialog;
import io.isthmus.ui.element.Notice;
import java.util.Optional;

/** Changes what is said of an image, and what becomes of copies that nobody needs. */
class ChangeDialog extends FormDialog {

  private static final long serialVersionUID = 1L;

  private final transient Images images;
  private final transient Caller caller;
  private final transient ProjectImage image;
  private final transient Runnable changed;
  private final TextArea description = new TextArea();
  private final Checkbox removeUnused = new Checkbox();
  private final Div refusal = new Div();

  /**
   * @param changed is called when it is done
   */
  ChangeDialog(Images images, Caller caller, ProjectImage image, Runnable changed) {
    this.images = images;
    this.caller = caller;
    this.image = image;
    this.changed = changed;
    setHeaderTitle(getTranslation("images.change-title", image.name()));
    description.setLabel(getTranslation("images.description"));
    description.setMaxLength(Images.LONGEST_DESCRIPTION);
    description.setWidthFull();
    description.setValue(image.description());
    removeUnused.setLabel(getTranslation("images.remove-unused"));
    removeUnused.setValue(image.removeUnused());
    Div body = new Div(description, removeUnused, refusal);
    body.addClassName("stack");
    add(body);
    Button save = new Button(getTranslation("images.change-do"), click -> save());
    save.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    getFooter().add(new Button(getTranslation("shell.cancel"), click -> cancel()), save);
    setWidth("640px");
    setMaxWidth("100%");
  }

  @Override
  protected boolean isTyped() {
    return !description.getValue().equals(image.description());
  }

  private void save() {
    refusal.removeAll();
    try {
      images.change(
          image.project(),
          image.id(),
          new ImageChange(
              Optional.of(description.getValue()),
              Optional.of(removeUnused.getValue()),
              Optional.empty(),
              Optional.empty(),
              Optional.empty()),
          caller);
      close();
      changed.run();
    } catch (FederationFault fault) {
      refusal.add(Notice.of(fault));
    }
  }
}
