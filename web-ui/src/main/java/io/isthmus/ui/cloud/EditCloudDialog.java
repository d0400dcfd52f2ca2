package io.isthmus.ui.cloud;

import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.cloud.Cloud;
import io.isthmus.domain.cloud.CloudService;
import io.isthmus.domain.cloud.entry.FactsWriter;
import io.isthmus.ui.element.Enter;
import io.isthmus.ui.template.CheckedEditor;
import io.isthmus.ui.unsent.KeptFormDialog;
import io.isthmus.ui.unsent.UnsentForm;
import java.util.Map;

/** Changes what a cloud is called and what is known of it. */
class EditCloudDialog extends KeptFormDialog {

  private static final long serialVersionUID = 1L;
  private static final String NAME = "name";
  private static final String FACTS = "facts";

  /** Of the cloud that was changed. */
  private static final String VERSION = "version";

  private final transient CloudService clouds;
  private final transient Caller caller;
  private final transient Cloud cloud;
  private final transient Runnable changed;
  private final String writtenFacts;
  private final TextField name = new TextField();
  private final CheckedEditor facts;

  /**
   * @param unsent what was typed here before
   * @param changed is called when it was saved
   */
  EditCloudDialog(
      CloudService clouds, Caller caller, Cloud cloud, UnsentForm unsent, Runnable changed) {
    super(unsent);
    this.clouds = clouds;
    this.caller = caller;
    this.cloud = cloud;
    this.changed = changed;
    this.writtenFacts = FactsWriter.write(cloud.facts());
    setHeaderTitle(getTranslation("edit.title", cloud.id().text()));
    name.setLabel(getTranslation("edit.name"));
    name.setValue(cloud.name());
    name.setWidthFull();
    name.addBlurListener(blur -> name.setInvalid(name.getValue().isBlank()));
    name.setErrorMessage(getTranslation("form.needed"));
    name.setValueChangeMode(ValueChangeMode.EAGER);
    name.addValueChangeListener(change -> keep());
    Enter.in(name, this::submit);
    facts =
        new CheckedEditor(
            getTranslation("edit.facts"),
            writtenFacts,
            text -> clouds.parseFacts(caller, cloud.id(), name.getValue(), text),
            text -> keep());
    lay("720px", getTranslation("edit.save"), name, help("add.facts-help"), facts);
  }

  /** What was typed over what the cloud was would undo what was changed since. */
  @Override
  protected boolean isOfNow(Map<String, String> kept) {
    return kept.get(VERSION).equals(String.valueOf(cloud.version()));
  }

  @Override
  protected void fill(Map<String, String> kept) {
    name.setValue(kept.get(NAME));
    facts.replace(kept.get(FACTS));
  }

  @Override
  protected void reset() {
    name.setValue(cloud.name());
    facts.replace(writtenFacts);
  }

  @Override
  protected boolean isTyped() {
    return !name.getValue().equals(cloud.name()) || !facts.written().equals(writtenFacts);
  }

  @Override
  protected Map<String, String> typed() {
    return Map.of(
        NAME, name.getValue(),
        FACTS, facts.written(),
        VERSION, String.valueOf(cloud.version()));
  }

  @Override
  protected void submit() {
    forgetRefusal();
    name.setInvalid(name.getValue().isBlank());
    if (name.isInvalid() || !facts.check()) {
      if (facts.written().isBlank()) {
        refuse("edit.empty");
      }
      return;
    }
    send(
        () ->
            clouds.change(
                caller,
                cloud.id(),
                name.getValue(),
                clouds.parseFacts(caller, cloud.id(), name.getValue(), facts.written()),
                cloud.version()),
        changed);
  }
}
