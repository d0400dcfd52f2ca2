package io.isthmus.ui.cloud;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.cloud.Cloud;
import io.isthmus.domain.cloud.CloudService;
import io.isthmus.domain.cloud.entry.FactsWriter;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.template.CheckedEditor;
import io.isthmus.ui.widget.Mark;

/** Changes what a cloud is called and what is known of it. */
class EditCloudDialog extends Dialog {

  private static final long serialVersionUID = 1L;

  private final transient CloudService clouds;
  private final transient Caller caller;
  private final transient Cloud cloud;
  private final transient Runnable changed;
  private final TextField name = new TextField();
  private final CheckedEditor facts;
  private final Div refusal = new Div();

  /**
   * @param changed is called when it was saved
   */
  EditCloudDialog(CloudService clouds, Caller caller, Cloud cloud, Runnable changed) {
    this.clouds = clouds;
    this.caller = caller;
    this.cloud = cloud;
    this.changed = changed;
    setHeaderTitle(getTranslation("edit.title", cloud.id().text()));
    name.setLabel(getTranslation("edit.name"));
    name.setValue(cloud.name());
    name.setWidthFull();
    name.addBlurListener(blur -> name.setInvalid(name.getValue().isBlank()));
    name.setErrorMessage(getTranslation("form.needed"));
    facts =
        new CheckedEditor(
            getTranslation("edit.facts"),
            FactsWriter.write(cloud.facts()),
            text -> clouds.parseFacts(caller, cloud.id(), name.getValue(), text),
            text -> {});
    Paragraph help = new Paragraph(getTranslation("add.facts-help"));
    help.addClassNames("quiet", "small");
    Div body = new Div(name, help, facts, refusal);
    body.addClassName("stack");
    add(body);
    Button save = new Button(getTranslation("edit.save"), click -> save());
    save.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    getFooter().add(new Button(getTranslation("shell.cancel"), click -> close()), save);
    setWidth("720px");
    setMaxWidth("100%");
    setCloseOnOutsideClick(false);
  }

  private void save() {
    refusal.removeAll();
    name.setInvalid(name.getValue().isBlank());
    if (name.isInvalid() || !facts.check()) {
      if (facts.written().isBlank()) {
        refusal.add(new Notice(Mark.FAILED, "", new Paragraph(getTranslation("edit.empty"))));
      }
      return;
    }
    try {
      clouds.change(
          caller,
          cloud.id(),
          name.getValue(),
          clouds.parseFacts(caller, cloud.id(), name.getValue(), facts.written()),
          cloud.version());
      close();
      changed.run();
    } catch (FederationFault fault) {
      refusal.add(Notice.of(fault));
    }
  }
}
