package io.isthmus.ui.widget;

import com.vaadin.flow.component.AbstractSinglePropertyField;
import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.ClientCallable;
import com.vaadin.flow.component.Focusable;
import com.vaadin.flow.component.HasSize;
import com.vaadin.flow.component.HasStyle;
import com.vaadin.flow.component.Tag;
import io.isthmus.domain.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Objects;

/**
 * An editor for YAML: templates and policies. Its value changes 0.3 s after the last key, and at
 * once when it loses the focus.
 */
@Tag(TemplateEditor.NAME)
public class TemplateEditor extends AbstractSinglePropertyField<TemplateEditor, String>
    implements HasSize, HasStyle, Focusable<TemplateEditor> {
  static final String NAME = "isthmus-editor";
  private static final long serialVersionUID = 1L;

  /** In characters; a longer text is refused by what it is for. */
  private static final int LONGEST = 512 * 1024;

  private transient Completer completer;

  /** How bad it is. */
  public enum Severity {
    ERROR("error"),
    WARNING("warning"),
    INFO("info");

    private final String word;

    Severity(String word) {
      this.word = word;
    }
  }

  /**
   * Something to say about a place in the text.
   *
   * @param line counted from 1
   * @param column counted from 1; 1 means from where the line's text begins
   * @param endColumn the column after the last; 0 means to the end of the line
   * @param message in the user's language, with the remedy
   */
  public record Diagnostic(int line, int column, int endColumn, String message, Severity severity) {
    public Diagnostic {
      if (line < 1 || column < 1 || endColumn < 0) {
        throw new IllegalArgumentException(
            "Lines and columns are counted from 1, not " + line + ":" + column + "-" + endColumn);
      }
      Objects.requireNonNull(message, "message");
      Objects.requireNonNull(severity, "severity");
    }

    /** An error about a whole line. */
    public static Diagnostic onLine(int line, String message) {
      return new Diagnostic(line, 1, 0, message, Severity.ERROR);
    }
  }

  /**
   * A word that may be written.
   *
   * @param label what is offered
   * @param insert what is written for it
   * @param detail a few words behind it; may be empty
   */
  public record Completion(String label, String insert, String detail) {
    public Completion {
      Objects.requireNonNull(label, "label");
      Objects.requireNonNull(insert, "insert");
      Objects.requireNonNull(detail, "detail");
    }
  }

  /** Knows what may be written. */
  @FunctionalInterface
  public interface Completer {

    /**
     * What may be written at a place, in the order in which it is offered.
     *
     * @param line counted from 1
     * @param column how many characters stand before the caret on its line
     */
    List<Completion> at(String text, int line, int column);
  }

  /**
   * Creates an empty editor.
   *
   * @param label what it is called by a screen reader, in the user's language
   */
  public TemplateEditor(String label) {
    super("value", "", false);
    setLabel(label);
  }

  public final void setLabel(String label) {
    getElement().setProperty("label", Objects.requireNonNull(label, "label"));
  }

  /** Shows these at their lines in place of those shown. */
  public void setDiagnostics(List<Diagnostic> diagnostics) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    for (Diagnostic diagnostic : diagnostics) {
      JsonObjectBuilder json =
          Json.createObjectBuilder()
              .add("line", diagnostic.line())
              .add("column", diagnostic.column())
              .add("message", diagnostic.message())
              .add("severity", diagnostic.severity().word);
      if (diagnostic.endColumn() > 0) {
        json.add("endColumn", diagnostic.endColumn());
      }
      array.add(json);
    }
    getElement().setProperty("diagnostics", array.build().toString());
  }

  /** Who is asked what to offer while something is written; nobody at first. */
  public void setCompleter(Completer completer) {
    this.completer = completer;
    getElement().setProperty("completes", true);
  }

  /** For the browser: a JSON array with label, apply and detail of each. */
  @ClientCallable
  String complete(String text, int line, int column) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    if (completer != null && text.length() <= LONGEST) {
      for (Completion completion : completer.at(text, line, column)) {
        array.add(
            Json.createObjectBuilder()
                .add("label", completion.label())
                .add("apply", completion.insert())
                .add("detail", completion.detail()));
      }
    }
    return array.build().toString();
  }

  /** Puts the caret there, in sight, and the focus into the editor; both are counted from 1. */
  public void goTo(int line, int column) {
    getElement().executeJs("this.goTo($0, $1)", line, column);
  }

  /** Whether the text may only be read; a text that is read-only still takes the focus. */
  @Override
  public void setReadOnly(boolean readOnly) {
    getElement().setProperty("readOnly", readOnly);
  }

  @Override
  public boolean isReadOnly() {
    return getElement().getProperty("readOnly", false);
  }

  @Override
  protected void onAttach(AttachEvent attached) {
    super.onAttach(attached);
    Widgets.load(attached, NAME);
  }
}
