package io.isthmus.ui.newstack;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import io.isthmus.domain.library.ItemKind;
import io.isthmus.domain.library.SavedItem;
import io.isthmus.domain.placement.PolicyCompletions;
import io.isthmus.domain.placement.PolicyParser;
import io.isthmus.domain.sample.Sample;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.template.CheckedEditor;
import java.util.List;

/** The placement policy: an example, changed as one likes; or none. */
class PolicyStep extends StepContent {

  private static final long serialVersionUID = 1L;

  private final transient Draft draft;
  private final CheckedEditor editor;

  /**
   * @param clouds that may be named
   */
  PolicyStep(Draft draft, List<Sample> samples, Saving saving, List<String> clouds) {
    this.draft = draft;
    PolicyParser parser = new PolicyParser();
    this.editor =
        new CheckedEditor(
                getTranslation("new.policy-editor"),
                draft.policy(),
                parser::parse,
                draft::setPolicy)
            .completing((text, line, column) -> PolicyCompletions.at(text, line, column, clouds));
    Paragraph words = new Paragraph(getTranslation("new.policy-words"));
    words.addClassName("sentence");
    Div head = new Div(new H2(getTranslation("new.policy-editor")), saving.button(ItemKind.POLICY));
    head.addClassNames("row", "between");
    add(words);
    List<SavedItem> saved = saving.list(ItemKind.POLICY);
    if (!saved.isEmpty()) {
      add(saved(saved));
    }
    add(examples(samples), head, editor);
  }

  private Component saved(List<SavedItem> items) {
    Div buttons = new Div();
    buttons.addClassName("row");
    items.forEach(
        item ->
            buttons.add(example(item.name(), item.source().text(), () -> draft.setOrigin(item))));
    Div row = new Div(new H2(getTranslation("library.take")), buttons);
    row.addClassName("stack");
    return row;
  }

  private Component examples(List<Sample> samples) {
    Div row = new Div(new H2(getTranslation("new.policy-examples")));
    row.addClassName("stack");
    Div buttons = new Div();
    buttons.addClassName("row");
    samples.stream()
        .filter(sample -> !sample.policy().isBlank())
        .forEach(
            sample -> buttons.add(example(sample.title().in(Reader.locale()), sample.policy())));
    buttons.add(example(getTranslation("new.policy-anywhere"), ""));
    row.add(buttons);
    return row;
  }

  private Component example(String title, String policy) {
    return example(title, policy, () -> {});
  }

  private Component example(String title, String policy, Runnable taken) {
    Runnable take =
        () -> {
          take(policy);
          taken.run();
        };
    Button button =
        new Button(
            title,
            click -> {
              if (draft.isPolicyTouched() && !draft.policy().isBlank()) {
                ask(title, take);
              } else {
                take.run();
              }
            });
    button.addThemeVariants(ButtonVariant.LUMO_SMALL);
    return button;
  }

  /** What was typed is not lost without a word. */
  private void ask(String title, Runnable take) {
    ConfirmDialog dialog = new ConfirmDialog();
    dialog.setHeader(getTranslation("new.policy-replace"));
    dialog.setText(getTranslation("new.policy-replace-words", title));
    dialog.setCancelable(true);
    dialog.setCancelText(getTranslation("shell.cancel"));
    dialog.setConfirmText(getTranslation("new.policy-replace-do"));
    dialog.addConfirmListener(confirm -> take.run());
    dialog.open();
  }

  private void take(String policy) {
    draft.takePolicy(policy);
    editor.replace(policy);
    draft.takePolicy(policy);
  }

  @Override
  boolean isReady() {
    return draft.policy().isBlank() || editor.check();
  }
}
