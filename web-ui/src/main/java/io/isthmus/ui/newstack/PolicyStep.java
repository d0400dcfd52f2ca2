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
import java.util.Optional;

/** The placement policy: an example, changed as one likes; or none. */
class PolicyStep extends StepContent {

  private static final long serialVersionUID = 1L;

  private final transient Draft draft;
  private final CheckedEditor editor;
  private final Div standing = new Div();

  /**
   * @param names that may be written
   */
  PolicyStep(Draft draft, List<Sample> samples, Saving saving, PolicyCompletions.Names names) {
    this.draft = draft;
    PolicyParser parser = new PolicyParser();
    this.editor =
        new CheckedEditor(
                getTranslation("new.policy-editor"), draft.policy(), parser::parse, this::write)
            .completing((text, line, column) -> PolicyCompletions.at(text, line, column, names));
    Paragraph words = new Paragraph(getTranslation("new.policy-words"));
    words.addClassName("sentence");
    Div head = new Div(new H2(getTranslation("new.policy-editor")), saving.button(ItemKind.POLICY));
    head.addClassNames("row", "between");
    List<SavedItem> saved = saving.list(ItemKind.POLICY);
    Optional<String> ofProject =
        saved.stream().filter(SavedItem::isDefault).map(SavedItem::name).findFirst();
    standing.setText(
        ofProject
            .map(name -> getTranslation("new.policy-by-default", name))
            .orElseGet(() -> getTranslation("new.policy-by-federation")));
    standing.getElement().setAttribute("role", "status");
    standing.addClassName("quiet");
    add(words);
    if (!saved.isEmpty()) {
      add(saved(saved));
    }
    add(examples(samples), head, standing, editor);
    showStanding();
  }

  private void write(String text) {
    draft.setPolicy(text);
    showStanding();
  }

  /** Says so as long as a policy stands that is not this stack's own. */
  private void showStanding() {
    standing.setVisible(draft.isPolicyByDefault() && !draft.policy().isBlank());
  }

  private Component saved(List<SavedItem> items) {
    Div buttons = new Div();
    buttons.addClassName("row");
    items.forEach(
        item ->
            buttons.add(
                example(
                    item.name(),
                    () -> {
                      take(item.source().text());
                      draft.setOrigin(item);
                    })));
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
            sample ->
                buttons.add(
                    example(sample.title().in(Reader.locale()), () -> take(sample.policy()))));
    buttons.add(
        example(getTranslation("new.policy-anywhere"), () -> take("")),
        example(getTranslation("new.policy-default"), this::takeDefault));
    row.add(buttons);
    return row;
  }

  private Component example(String title, Runnable take) {
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
    editor.replace(policy);
    draft.takePolicy(policy);
    showStanding();
  }

  private void takeDefault() {
    draft.leavePolicyToDefault();
    editor.replace(draft.policy());
    showStanding();
  }

  @Override
  boolean isReady() {
    return draft.policy().isBlank() || editor.check();
  }
}
