package io.isthmus.ui.cloud;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.cloud.Cloud;
import io.isthmus.domain.cloud.CloudService;
import io.isthmus.domain.cloud.entry.FactsWriter;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.ui.element.Enter;
import io.isthmus.ui.element.FormDialog;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.template.CheckedEditor;
import io.isthmus.ui.unsent.UnsentForm;
import io.isthmus.ui.widget.Mark;
import java.util.Map;

/** Changes what a cloud is called and what is known of it. */
class EditCloudDialog extends FormDialog {

  private static final long serialVersionUID = 1L;
  private static final String NAME = "name";
  private static final String FACTS = "facts";

  /** Of the cloud that was changed. */
  private static final String VERSION = "version";

  private final transient CloudService clouds;
  private final transient Caller caller;
  private final transient Cloud cloud;
  private final transient Runnable changed;
  private final transient UnsentForm unsent;
  private final String writtenFacts;
  private final TextField name = new TextField();
  private final CheckedEditor facts;
  private final Div refusal = new Div();

  /**
   * @param unsent what was typed here before
   * @param changed is called when it was saved
   */
  EditCloudDialog(
      CloudService clouds, Caller caller, Cloud cloud, UnsentForm unsent, Runnable changed) {
    this.clouds = clouds;
    this.caller = caller;
    this.cloud = cloud;
    this.changed = changed;
    this.unsent = unsent;
    this.writtenFacts = FactsWriter.write(cloud.facts());
    setHeaderTitle(getTranslation("edit.title", cloud.id().text()));
    name.setLabel(getTranslation("edit.name"));
    name.setValue(cloud.name());
    name.setWidthFull();
    name.addBlurListener(blur -> name.setInvalid(name.getValue().isBlank()));
    name.setErrorMessage(getTranslation("form.needed"));
    name.setValueChangeMode(ValueChangeMode.EAGER);
    name.addValueChangeListener(change -> keep());
    Enter.in(name, this::save);
    facts =
        new CheckedEditor(
            getTranslation("edit.facts"),
            writtenFacts,
            text -> clouds.parseFacts(caller, cloud.id(), name.getValue(), text),
            text -> keep());
    Paragraph help = new Paragraph(getTranslation("add.facts-help"));
    help.addClassNames("quiet", "small");
    Div body = new Div(name, help, facts, refusal);
    body.addClassName("stack");
    unsent.find().filter(this::isOfThisVersion).ifPresent(kept -> resume(kept, body));
    add(body);
    Button save = new Button(getTranslation("edit.save"), click -> save());
    save.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    getFooter().add(new Button(getTranslation("shell.cancel"), click -> cancel()), save);
    setWidth("720px");
    setMaxWidth("100%");
  }

  /** What was typed over what the cloud was would undo what was changed since. */
  private boolean isOfThisVersion(Map<String, String> kept) {
    return kept.get(VERSION).equals(String.valueOf(cloud.version()));
  }

  private void resume(Map<String, String> kept, Div body) {
    name.setValue(kept.get(NAME));
    facts.replace(kept.get(FACTS));
    body.addComponentAsFirst(
        unsent.resumed(
            this,
            () -> {
              name.setValue(cloud.name());
              facts.replace(writtenFacts);
            }));
  }

  @Override
  protected boolean isTyped() {
    return !name.getValue().equals(cloud.name()) || !facts.written().equals(writtenFacts);
  }

  @Override
  protected void givenUp() {
    unsent.forget();
  }

  private void keep() {
    if (!isTyped()) {
      unsent.forget();
    } else {
      unsent.keep(
          Map.of(
              NAME, name.getValue(),
              FACTS, facts.written(),
              VERSION, String.valueOf(cloud.version())));
    }
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
      unsent.forget();
      close();
      changed.run();
    } catch (FederationFault fault) {
      refusal.add(Notice.of(fault));
    }
  }
}
