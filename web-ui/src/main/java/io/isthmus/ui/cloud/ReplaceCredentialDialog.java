package io.isthmus.ui.cloud;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeDetails;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Pre;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudAccessService;
import io.isthmus.domain.cloud.CloudDraft;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.CloudService;
import io.isthmus.domain.cloud.ConnectionCheck;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.ui.element.FormDialog;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.shell.PageWork;
import io.isthmus.ui.template.CheckedEditor;
import io.isthmus.ui.template.Diagnostics;
import io.isthmus.ui.unsent.UnsentForm;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts another credential in the place of the saved one: says what that means, tries it if wanted,
 * and keeps it only when the cloud lets it in.
 */
class ReplaceCredentialDialog extends FormDialog {

  private static final long serialVersionUID = 1L;
  private static final String ENTRY = "entry";

  private final transient PageWork work;
  private final transient CloudService clouds;
  private final transient CloudAccessService accesses;
  private final transient Caller caller;
  private final transient CloudId cloud;
  private final transient ProjectId project;
  private final transient UnsentForm unsent;
  private final transient Runnable replaced;
  private final CheckedEditor entry;
  private final Div outcome = new Div();
  private final Button test = new Button();
  private final Button replace = new Button();

  /**
   * @param unsent what was typed here before
   * @param replaced is called when the new one is saved
   */
  ReplaceCredentialDialog(
      PageWork work,
      CloudService clouds,
      CloudAccessService accesses,
      Caller caller,
      CloudId cloud,
      ProjectId project,
      UnsentForm unsent,
      Runnable replaced) {
    this.work = work;
    this.clouds = clouds;
    this.accesses = accesses;
    this.caller = caller;
    this.cloud = cloud;
    this.project = project;
    this.unsent = unsent;
    this.replaced = replaced;
    setHeaderTitle(getTranslation("replace.title", project.toString(), cloud.text()));
    entry = new CheckedEditor(getTranslation("add.entry"), "", text -> {}, this::textChanged);
    entry.addClassName("short-editors");
    outcome.addClassName("stack");
    outcome.getElement().setAttribute("aria-live", "polite");
    Paragraph words = new Paragraph(getTranslation("replace.words"));
    Paragraph stays = new Paragraph(getTranslation("replace.stays"));
    stays.addClassName("quiet");
    Div body =
        new Div(
            words,
            stays,
            new NativeDetails(
                getTranslation("add.example"), new Pre(getTranslation("replace.example"))),
            entry,
            outcome);
    body.addClassName("stack");
    add(body);
    test.setText(getTranslation("add.test"));
    test.addClickListener(click -> test());
    replace.setText(getTranslation("replace.do"));
    replace.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    replace.addClickListener(click -> replace());
    getFooter().add(new Button(getTranslation("shell.cancel"), click -> cancel()), test, replace);
    setWidth("760px");
    setMaxWidth("100%");
    allow(true);
    unsent
        .find()
        .ifPresent(
            kept -> {
              entry.replace(kept.get(ENTRY));
              body.addComponentAsFirst(unsent.resumed(this, () -> entry.replace("")));
            });
  }

  private void textChanged(String text) {
    if (text.isBlank()) {
      unsent.forget();
    } else {
      unsent.keep(Map.of(ENTRY, text));
    }
    outcome.removeAll();
    allow(true);
  }

  @Override
  protected boolean isTyped() {
    return !entry.written().isBlank();
  }

  @Override
  protected void givenUp() {
    unsent.forget();
  }

  private void allow(boolean allowed) {
    boolean some = !entry.written().isBlank();
    test.setEnabled(allowed && some);
    replace.setEnabled(allowed && some);
  }

  /** Away from the page, because it looks the address's name up. */
  private CloudDraft draft(String text) {
    List<CloudDraft> drafts = clouds.parse(caller, text, Optional.empty()).orThrow();
    if (drafts.size() != 1) {
      throw new FederationFault(
          FaultCode.REQUEST_INVALID, Phrase.of("fault.one-entry", drafts.size()));
    }
    return drafts.get(0);
  }

  private void test() {
    ConnectionReport report = new ConnectionReport(cloud, project);
    begin(report);
    String text = entry.written();
    work.<List<ConnectionCheck>>run(
        UI.getCurrent(),
        tell ->
            accesses.test(
                caller,
                project,
                cloud,
                Optional.of(draft(text)),
                check -> tell.accept(() -> report.add(check))),
        all -> {
          report.end();
          allow(true);
        },
        fault -> {
          report.end();
          failed(fault);
        });
  }

  private void replace() {
    Div moving = new Div();
    moving.addClassName("moving-bar");
    begin(moving);
    String text = entry.written();
    work.<Boolean>run(
        UI.getCurrent(),
        tell -> accesses.put(caller, project, cloud, draft(text)),
        isNew -> {
          unsent.forget();
          close();
          replaced.run();
        },
        this::failed);
  }

  private void begin(com.vaadin.flow.component.Component shown) {
    outcome.removeAll();
    outcome.add(shown);
    allow(false);
  }

  private void failed(FederationFault fault) {
    outcome.removeAll();
    if (fault.code() == FaultCode.CLOUD_INVALID) {
      entry.show(Diagnostics.of(fault, Reader.locale()));
    } else {
      outcome.add(Notice.of(fault));
    }
    allow(true);
  }
}
