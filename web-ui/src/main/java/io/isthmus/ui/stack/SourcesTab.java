package io.isthmus.ui.stack;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.server.streams.DownloadHandler;
import com.vaadin.flow.server.streams.DownloadResponse;
import io.isthmus.domain.stack.StackSources;
import io.isthmus.ui.widget.TemplateEditor;
import java.io.ByteArrayInputStream;
import java.util.function.Supplier;

/** What the stack was made from: template, files, policy. */
class SourcesTab extends StackTab {

  private static final long serialVersionUID = 1L;

  private final transient Supplier<StackSources> sources;
  private boolean shown;

  SourcesTab(Supplier<StackSources> sources) {
    this.sources = sources;
  }

  @Override
  void show(StackState state) {
    if (shown) {
      return;
    }
    shown = true;
    StackSources made = sources.get();
    add(download(made, state.stack().name() + ".zip"));
    text(getTranslation("new.template-editor"), made.template().text());
    made.template().files().forEach(this::text);
    if (made.policy().isBlank()) {
      add(
          new H2(getTranslation("new.policy-editor")),
          new Paragraph(getTranslation("plan.no-policy")));
    } else {
      text(getTranslation("new.policy-editor"), made.policy());
    }
  }

  private Anchor download(StackSources made, String fileName) {
    return new Anchor(
        DownloadHandler.fromInputStream(
            event -> {
              byte[] zip = StackExport.zip(made);
              return new DownloadResponse(
                  new ByteArrayInputStream(zip), fileName, "application/zip", zip.length);
            }),
        getTranslation("stack.download"));
  }

  private void text(String name, String text) {
    TemplateEditor editor = new TemplateEditor(name);
    editor.setValue(text);
    editor.setReadOnly(true);
    Div frame = new Div(editor);
    frame.addClassName("editor-frame");
    add(new H2(name), frame);
  }
}
