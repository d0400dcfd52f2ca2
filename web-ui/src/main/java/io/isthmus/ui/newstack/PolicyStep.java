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
  private final Div taken = new Div();
  private final Div head;

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
    head = new Div(new H2(getTranslation("new.policy-editor")));
    boolean isWritten = draft.written().filter(ItemKind.POLICY::equals).isPresent();
    if (!isWritten) {
      // There, saving is what the page is for, and stands at its foot.
      head.add(saving.button(ItemKind.POLICY));
    }
    head.addClassNames("row", "between", "editor-head");
    List<SavedItem> saved = saving.list(ItemKind.POLICY);
    Optional<String> ofProject =
        saved.stream().filter(SavedItem::isDefault).map(SavedItem::name).findFirst();
    standing.setText(
        ofProject
            .map(name -> getTranslation("new.policy-by-default", name))
            .orElseGet(() -> getTranslation("new.policy-by-federation")));
    standing.getElement().setAttribute("role", "status");
    standing.addClassName("quiet");
    taken.getElement().setAttribute("role", "status");
    taken.addClassName("quiet");
    add(words);
    if (!saved.isEmpty()) {
      add(saved(saved));
    }
    add(examples(samples), head, taken, standing, editor);
    showStanding();
    if (isWritten) {
      showEditor();
      editor.begin();
    }
  }

  private void showEditor() {
    // What is in sight stays where it is.
    head.getElement()
        .executeJs(
            "if (this.getBoundingClientRect().top > innerHeight * 0.7) {"
                + " this.scrollIntoView({block: 'start'}); }");
  }

  private void write(String text) {
    if (!text.equals(draft.policy())) {
      taken.setText("");
    }
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
              Runnable takeAndTell =
                  () -> {
                    take.run();
                    taken.setText(toldOf(title));
                    showEditor();
                  };
              if (draft.isPolicyTouched() && !draft.policy().isBlank()) {
                ask(title, takeAndTell);
              } else {
                takeAndTell.run();
              }
            });
    button.addThemeVariants(ButtonVariant.LUMO_SMALL);
    return button;
  }

  /** Of a default the editor's own sentence tells. */
  private String toldOf(String title) {
    if (draft.policy().isBlank()) {
      return getTranslation(draft.isPolicyByDefault() ? "new.no-default" : "new.no-policy");
    }
    return draft.isPolicyByDefault() ? "" : getTranslation("new.policy-taken", title);
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
    boolean right = draft.policy().isBlank() || editor.check();
    if (!right) {
      editor.showMistakes();
    }
    return right;
  }
}
