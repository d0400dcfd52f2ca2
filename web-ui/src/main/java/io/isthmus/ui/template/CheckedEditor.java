package io.isthmus.ui.template;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.yaml.Suggestion;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.widget.TemplateEditor;
import io.isthmus.ui.widget.TemplateEditor.Completion;
import io.isthmus.ui.widget.TemplateEditor.Diagnostic;
import java.util.List;
import java.util.function.Consumer;

/** An editor whose text is checked as it changes; mistakes show at their lines and in a list. */
public class CheckedEditor extends Div {

  /** What may be written at a place: the line from 1, the characters before the caret on it. */
  @FunctionalInterface
  public interface Suggestions {
    List<Suggestion> at(String text, int line, int column);
  }

  private static final long serialVersionUID = 1L;
  private static final int MOST_LISTED = 20;

  private final TemplateEditor editor;
  private final Paragraph hint = new Paragraph();
  private final Button count = new Button();
  private final Span counted = new Span(count);
  private final Div findings = new Div();
  private final transient Consumer<String> check;

  /**
   * @param label what it is called by a screen reader
   * @param check throws a fault when the text is wrong
   * @param changed is told each new text, right or wrong
   */
  public CheckedEditor(
      String label, String text, Consumer<String> check, Consumer<String> changed) {
    this.check = check;
    editor = new TemplateEditor(label);
    editor.setValue(text);
    editor.addValueChangeListener(
        change -> {
          changed.accept(change.getValue());
          check();
        });
    Div frame = new Div(editor);
    frame.addClassName("editor-frame");
    findings.addClassName("findings");
    findings.getElement().setAttribute("aria-live", "polite");
    addClassNames("stack", "checked-editor");
    // Tab would otherwise be a trap for those who work by keyboard.
    hint.setText(getTranslation("editor.keys"));
    hint.addClassNames("editor-hint", "quiet", "small");
    // Above, where it is seen while one writes; the list below may be out of sight.
    count.addThemeVariants(
        ButtonVariant.LUMO_TERTIARY_INLINE, ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_ERROR);
    count.addClickListener(click -> showMistakes());
    counted.addClassNames("state", "state-failed");
    Div head = new Div(hint, counted);
    head.addClassName("editor-bar");
    add(head, frame, findings);
    check();
  }

  /** Offers what may be written while it is written. */
  public CheckedEditor completing(Suggestions suggestions) {
    editor.setCompleter(
        (text, line, column) ->
            suggestions.at(text, line, column).stream()
                .map(
                    suggestion ->
                        new Completion(
                            suggestion.label(), suggestion.insert(), suggestion.detail()))
                .toList());
    return this;
  }

  /** Whether the text may only be read. */
  public void setReadOnly(boolean readOnly) {
    editor.setReadOnly(readOnly);
    hint.setVisible(!readOnly);
  }

  public void replace(String text) {
    editor.setValue(text);
    check();
  }

  public String written() {
    return editor.getValue();
  }

  /** Has what is typed go into it; the page stays where it is. */
  public void begin() {
    // A page that has just come may still be loading it.
    editor
        .getElement()
        .executeJs("customElements.whenDefined(this.localName).then(() => this.focus())");
  }

  /** Brings the mistakes into sight; when there are none, nothing happens. */
  public void showMistakes() {
    if (findings.getComponentCount() > 0) {
      // Not the nearest place: what sticks to the foot of the page would hide it.
      findings.getElement().executeJs("this.scrollIntoView({block: 'center'})");
    }
  }

  /**
   * Checks now; whether the text is right. An empty text is not found fault with before it is used.
   */
  public final boolean check() {
    if (editor.getValue().isBlank()) {
      show(List.of());
      return false;
    }
    try {
      check.accept(editor.getValue());
      show(List.of());
      return true;
    } catch (FederationFault fault) {
      show(Diagnostics.of(fault, Reader.locale()));
      return false;
    }
  }

  /** Shows these in place of those shown, for a text that is checked elsewhere. */
  public final void show(List<Diagnostic> diagnostics) {
    editor.setDiagnostics(diagnostics);
    findings.removeAll();
    counted.setVisible(!diagnostics.isEmpty());
    if (diagnostics.isEmpty()) {
      return;
    }
    count.setText(getTranslation("editor.mistakes", diagnostics.size()));
    UnorderedList list = new UnorderedList();
    list.addClassName("reasons");
    for (Diagnostic diagnostic :
        diagnostics.subList(0, Math.min(MOST_LISTED, diagnostics.size()))) {
      Button line =
          new Button(
              getTranslation("editor.line", diagnostic.line()),
              click -> editor.goTo(diagnostic.line(), diagnostic.column()));
      line.addThemeVariants(ButtonVariant.LUMO_TERTIARY_INLINE, ButtonVariant.LUMO_SMALL);
      list.add(new ListItem(line, new Span(" " + diagnostic.message())));
    }
    if (diagnostics.size() > MOST_LISTED) {
      list.add(new ListItem(getTranslation("editor.more", diagnostics.size() - MOST_LISTED)));
    }
    findings.add(list);
  }
}
