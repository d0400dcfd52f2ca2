package io.isthmus.ui.stack;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import io.isthmus.domain.cloud.CloudId;
import java.util.List;
import java.util.function.Consumer;

/** Asks which cloud's loss is to be played. */
class RehearsalDialog extends Dialog {

  private static final long serialVersionUID = 1L;

  /**
   * @param clouds in which the stack has something; at least one
   */
  RehearsalDialog(List<CloudId> clouds, Consumer<CloudId> play) {
    setHeaderTitle(getTranslation("rehearsal.title"));
    Select<CloudId> cloud = new Select<>();
    cloud.setLabel(getTranslation("rehearsal.cloud"));
    cloud.setHelperText(getTranslation("rehearsal.cloud-help"));
    cloud.setItems(clouds);
    cloud.setItemLabelGenerator(CloudId::text);
    cloud.setValue(clouds.get(0));
    Div body = new Div(new Paragraph(getTranslation("rehearsal.words")), cloud);
    body.addClassName("stack");
    add(body);
    Button start = new Button(getTranslation("rehearsal.start"));
    start.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    start.setDisableOnClick(true);
    start.addClickListener(
        click -> {
          close();
          play.accept(cloud.getValue());
        });
    getFooter().add(new Button(getTranslation("shell.cancel"), click -> close()), start);
  }
}
