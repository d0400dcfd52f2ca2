package io.isthmus.ui.newstack;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeDetails;
import com.vaadin.flow.component.html.Paragraph;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.template.Environment;
import io.isthmus.domain.template.EnvironmentCompletions;
import io.isthmus.domain.template.EnvironmentParser;
import io.isthmus.domain.template.HotTemplate;
import io.isthmus.ui.template.CheckedEditor;
import io.isthmus.ui.template.TextUpload;

/** The environment that goes with the template, folded until there is one. */
class EnvironmentPanel extends NativeDetails {

  private static final long serialVersionUID = 1L;

  private final transient Draft draft;
  private final CheckedEditor editor;

  /**
   * @param changed is run when what types stand for may have changed
   * @param upload takes a file in the editor's place
   */
  EnvironmentPanel(Draft draft, Runnable changed, TextUpload upload) {
    this.draft = draft;
    editor =
        new CheckedEditor(
                getTranslation("new.environment"),
                draft.environment(),
                this::find,
                text -> {
                  draft.setEnvironment(text);
                  changed.run();
                })
            .completing(
                (text, line, column) ->
                    EnvironmentCompletions.at(text, line, column, draft.source()));
    Paragraph words = new Paragraph(getTranslation("new.environment-help"));
    words.addClassName("quiet");
    Div body = new Div(words, upload, editor);
    body.addClassName("stack");
    addClassName("section-fold");
    setSummaryText(getTranslation("new.environment"));
    setContent(body);
    setOpen(!draft.environment().isBlank());
  }

  /** Mistakes of the environment alone, then of what it gives the template. */
  private void find(String text) {
    Environment settings = new EnvironmentParser().parse(text);
    HotTemplate template;
    try {
      template = draft.read();
    } catch (FederationFault fault) {
      if (fault.code() != FaultCode.TEMPLATE_INVALID) {
        throw fault;
      }
      // The template's own editor shows that.
      return;
    }
    settings.check(template);
  }

  /** What the draft has now, after it was changed elsewhere. */
  void refresh() {
    editor.replace(draft.environment());
    setOpen(!draft.environment().isBlank());
  }

  /** Whether it is right; shows why not. */
  boolean check() {
    if (draft.environment().isBlank() || editor.check()) {
      return true;
    }
    setOpen(true);
    return false;
  }
}
