package io.isthmus.ui.image;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.image.ImageChange;
import io.isthmus.domain.image.Images;
import io.isthmus.domain.image.ProjectImage;
import io.isthmus.ui.element.FormDialog;
import io.isthmus.ui.element.Notice;
import java.util.Optional;

/**
 * Changes what is said of an image, what clouds act on while none has a copy, and what becomes of
 * copies that nobody needs.
 */
class ChangeDialog extends FormDialog {

  private static final long serialVersionUID = 1L;

  private final transient Images images;
  private final transient Caller caller;
  private final transient ProjectImage image;
  private final transient Runnable changed;
  private final transient ImageFields fields = new ImageFields(this::getTranslation);
  private final TextField name = new TextField();
  private final TextArea description = new TextArea();
  private final Checkbox removeUnused = new Checkbox();
  private final Div refusal = new Div();

  /**
   * @param changed is called when it is done
   */
  ChangeDialog(Images images, Caller caller, Images.Kept kept, Runnable changed) {
    this.images = images;
    this.caller = caller;
    this.image = kept.image();
    this.changed = changed;
    setHeaderTitle(getTranslation("images.change-title", image.name()));
    boolean isNamed = !kept.stacks().isEmpty();
    name.setLabel(getTranslation("images.name"));
    name.setHelperText(getTranslation(isNamed ? "images.name-used" : "images.name-help"));
    name.setMaxLength(200);
    name.setWidthFull();
    name.setValue(image.name());
    name.setReadOnly(isNamed);
    description.setLabel(getTranslation("images.description"));
    description.setMaxLength(Images.LONGEST_DESCRIPTION);
    description.setWidthFull();
    description.setValue(image.description());
    fields.minDisk.setValue((int) image.minDiskGiB());
    fields.minRam.setValue((int) image.minRamMiB());
    fields.properties.setValue(ImageFields.text(image.properties()));
    if (!kept.copies().isEmpty()) {
      fields.minDisk.setReadOnly(true);
      fields.minRam.setReadOnly(true);
      fields.properties.setReadOnly(true);
      fields.properties.setHelperText(getTranslation("images.copied-help"));
    }
    removeUnused.setLabel(getTranslation("images.remove-unused"));
    removeUnused.setValue(image.removeUnused());
    Div body = new Div(name, description, fields.least, fields.properties, removeUnused, refusal);
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
    return !name.getValue().equals(image.name())
        || !description.getValue().equals(image.description())
        || fields.minDisk() != image.minDiskGiB()
        || fields.minRam() != image.minRamMiB()
        || !fields.properties().equals(image.properties());
  }

  private void save() {
    refusal.removeAll();
    name.setInvalid(false);
    fields.clearMistakes();
    try {
      images.change(
          image.project(),
          image.id(),
          new ImageChange(
              Optional.of(name.getValue()),
              Optional.of(description.getValue()),
              Optional.of(removeUnused.getValue()),
              Optional.of((long) fields.minDisk()),
              Optional.of((long) fields.minRam()),
              Optional.of(fields.properties())),
          caller);
      close();
      changed.run();
    } catch (FederationFault fault) {
      boolean shown = false;
      for (Violation violation : fault.violations()) {
        shown |= ImageFields.showAt(violation, "name", name) | fields.show(violation);
      }
      if (!shown) {
        refusal.add(Notice.of(fault));
      }
    }
  }
}
