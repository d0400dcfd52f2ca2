package io.isthmus.ui.stack;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.server.streams.DownloadHandler;
import com.vaadin.flow.server.streams.DownloadResponse;
import io.isthmus.domain.placement.Plan;
import io.isthmus.domain.placement.PlanId;
import io.isthmus.domain.stack.StackSources;
import io.isthmus.ui.template.EnvironmentFile;
import io.isthmus.ui.widget.TemplateEditor;
import java.io.ByteArrayInputStream;
import java.util.function.Function;
import java.util.function.Supplier;

/** What the stack was made from: template, files, environment, policy. */
class SourcesTab extends StackTab {

  private static final long serialVersionUID = 1L;

  private final transient Supplier<StackSources> sources;
  private final transient Function<PlanId, Plan> plans;
  private boolean shown;

  /**
   * @param plans gives the plan with the parameters, hidden ones masked
   */
  SourcesTab(Supplier<StackSources> sources, Function<PlanId, Plan> plans) {
    this.sources = sources;
    this.plans = plans;
  }

  @Override
  void show(StackState state) {
    if (shown) {
      return;
    }
    shown = true;
    StackSources made = sources.get();
    String environment =
        EnvironmentFile.text(made.template(), plans.apply(made.plan()).parameters());
    add(download(made, environment, state.stack().name() + ".zip"));
    text(getTranslation("new.template-editor"), made.template().text());
    made.template().files().forEach(this::text);
    if (!environment.isEmpty()) {
      text(getTranslation("new.environment"), environment);
    }
    if (made.policy().isBlank()) {
      add(
          new H2(getTranslation("new.policy-editor")),
          new Paragraph(getTranslation("plan.no-policy")));
    } else {
      text(getTranslation("new.policy-editor"), made.policy());
    }
  }

  private Anchor download(StackSources made, String environment, String fileName) {
    return new Anchor(
        DownloadHandler.fromInputStream(
            event -> {
              byte[] zip = StackExport.zip(made, environment);
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
