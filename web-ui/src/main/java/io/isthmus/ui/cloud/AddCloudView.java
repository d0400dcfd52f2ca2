package io.isthmus.ui.cloud;

import com.vaadin.cdi.annotation.RouteScoped;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.NativeDetails;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.BeforeLeaveEvent;
import com.vaadin.flow.router.BeforeLeaveEvent.ContinueNavigationAction;
import com.vaadin.flow.router.BeforeLeaveObserver;
import com.vaadin.flow.router.Route;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.cloud.Cloud;
import io.isthmus.domain.cloud.CloudDetails;
import io.isthmus.domain.cloud.CloudDraft;
import io.isthmus.domain.cloud.CloudDrafts;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.CloudService;
import io.isthmus.domain.cloud.EntryProblem;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.shell.FederationAdminsOnly;
import io.isthmus.ui.shell.MainLayout;
import io.isthmus.ui.shell.Page;
import io.isthmus.ui.shell.PageWork;
import io.isthmus.ui.template.CheckedEditor;
import io.isthmus.ui.template.Diagnostics;
import io.isthmus.ui.template.TextUpload;
import io.isthmus.ui.unsent.UnsentForm;
import io.isthmus.ui.unsent.UnsentForms;
import io.isthmus.ui.widget.Mark;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Brings a cloud in: an entry of a {@code clouds.yaml} and its facts, a test of the connection, and
 * then it is added. What was typed stays until it is added or the page is left on purpose. It is
 * not kept in the browser, because it holds a secret.
 */
@RouteScoped
@FederationAdminsOnly
@Route(value = AddCloudView.ROUTE, layout = MainLayout.class)
public class AddCloudView extends Page implements BeforeEnterObserver, BeforeLeaveObserver {

  private static final long serialVersionUID = 1L;

  /** With a second segment, so that a cloud may be called “add”. */
  static final String ROUTE = "clouds/add/entry";

  static final String ADDRESS = "/" + ROUTE;

  private static final String CLOUD = "cloud";

  /** Where an access to a member is added. */
  static String address(CloudId member) {
    return ADDRESS + "?" + CLOUD + "=" + member;
  }

  private static final String ENTRY = "entry";
  private static final String FACTS = "facts";

  private final transient Callers callers;
  private final transient CloudService clouds;
  private final transient PageWork work;
  private final transient UnsentForms forms;

  private final CheckedEditor entry;
  private final CheckedEditor facts;
  private final Div notice = new Div();
  private final Div understood = new Div();
  private final Paragraph leftOut = new Paragraph();
  private final Div outcome = new Div();
  private final DraftsPanel drafts;
  private final Button test = new Button();
  private final Button add = new Button();

  private transient Caller caller;
  private transient UnsentForm unsent;
  private transient Set<CloudId> members = Set.of();
  private transient CloudDrafts parsed = CloudDrafts.NONE;
  private final transient Map<CloudDraft, ConnectionReport> reports = new LinkedHashMap<>();
  private int reading;
  private boolean read = true;
  private boolean testWhenRead;
  private boolean done;
  private String begun = "";

  @Inject
  AddCloudView(Callers callers, CloudService clouds, PageWork work, UnsentForms forms) {
    this.callers = callers;
    this.clouds = clouds;
    this.work = work;
    this.forms = forms;
    setBreadcrumb(new Anchor("/clouds", getTranslation("clouds.title")));
    setPageTitle(getTranslation("add.title"));
    setSentence(getTranslation("add.sentence"));
    entry = new CheckedEditor(getTranslation("add.entry"), "", text -> {}, text -> textChanged());
    facts =
        new CheckedEditor(getTranslation("add.facts-editor"), "", text -> {}, t -> textChanged());
    drafts = new DraftsPanel(draft -> members.contains(draft.cloud()), this::showWhatCanBeDone);
    lay();
  }

  private void lay() {
    Div entryHead = new Div(new H2(getTranslation("add.entry")), upload());
    entryHead.addClassNames("row", "between");
    Div left = new Div(entryHead, words("add.entry-help"), example("add.entry-example"), entry);
    left.addClassName("stack");
    Div factsHead = new Div(new H2(getTranslation("add.facts-editor")));
    factsHead.addClassNames("row", "between");
    Div right = new Div(factsHead, words("add.facts-help"), example("add.facts-example"), facts);
    right.addClassName("stack");
    Div editors = new Div(left, right);
    editors.addClassNames("even", "short-editors");
    leftOut.getElement().setAttribute("role", "status");
    leftOut.addClassNames("quiet", "small");
    understood.add(new H2(getTranslation("add.understood")), drafts, leftOut);
    understood.addClassName("stack");
    outcome.addClassName("stack");
    outcome.setId("test-outcome");
    test.setText(getTranslation("add.test"));
    test.addClickListener(click -> test());
    add.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    add.addClickListener(click -> askToAdd());
    Button cancel =
        new Button(
            getTranslation("shell.cancel"),
            click -> getUI().ifPresent(ui -> ui.navigate(CloudsView.class)));
    Div buttons = new Div(cancel, test, add);
    buttons.addClassNames("row", "step-buttons");
    setContent(notice, editors, understood, outcome, buttons);
    showWhatCanBeDone();
  }

  private Component words(String key) {
    Paragraph words = new Paragraph(getTranslation(key));
    words.addClassNames("quiet", "small");
    return words;
  }

  private Component example(String key) {
    return new NativeDetails(getTranslation("add.example"), new Pre(getTranslation(key)));
  }

  private Component upload() {
    return new TextUpload(
        getTranslation("add.upload"),
        (name, text) -> {
          notice.removeAll();
          entry.replace(text);
        },
        this::tell);
  }

  private void tell(String words) {
    notice.removeAll();
    notice.add(new Notice(Mark.FAILED, "", new Paragraph(words)));
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    caller = callers.current();
    List<Cloud> all = members();
    unsent = forms.of(caller, "clouds/add");
    event
        .getLocation()
        .getQueryParameters()
        .getSingleParameter(CLOUD)
        .flatMap(id -> all.stream().filter(cloud -> cloud.id().text().equals(id)).findFirst())
        .ifPresent(this::begin);
    unsent.find().ifPresent(this::resume);
  }

  private List<Cloud> members() {
    List<Cloud> all = clouds.listAll(caller).stream().map(CloudDetails::cloud).toList();
    members = all.stream().map(Cloud::id).collect(Collectors.toSet());
    return all;
  }

  /** The entry of an access to a member, but for who signs in. */
  private void begin(Cloud member) {
    setPageTitle(getTranslation("add.access-title", member.name()));
    setSentence(getTranslation("add.access-sentence", member.name()));
    begun = AccessEntry.of(member);
    entry.replace(begun);
  }

  private void resume(Map<String, String> kept) {
    notice.removeAll();
    notice.add(unsent.resumed(this, () -> write("", "")));
    write(kept.get(ENTRY), kept.get(FACTS));
  }

  private void write(String entryText, String factsText) {
    facts.replace(factsText);
    entry.replace(entryText);
  }

  @Override
  public void beforeLeave(BeforeLeaveEvent event) {
    boolean isBlank = isAsBegun() && facts.written().isBlank();
    if (done || isBlank || event.getNavigationTarget() == AddCloudView.class) {
      return;
    }
    ContinueNavigationAction leave = event.postpone();
    new ChoiceDialog(
            getTranslation("add.leave"),
            List.of(getTranslation("add.leave-words")),
            getTranslation("add.leave-do"),
            () -> {
              unsent.forget();
              leave.proceed();
            },
            leave::cancel)
        .open();
  }

  /** Whether nobody has written an entry. */
  private boolean isAsBegun() {
    return entry.written().isBlank() || entry.written().equals(begun);
  }

  /** Reads away from the page, because it looks the addresses' names up. */
  private void textChanged() {
    reading++;
    read = false;
    int mine = reading;
    String text = entry.written();
    Optional<String> factsText = Optional.of(facts.written()).filter(t -> !t.isBlank());
    if (isAsBegun() && factsText.isEmpty()) {
      unsent.forget();
    } else {
      unsent.keep(Map.of(ENTRY, text, FACTS, facts.written()));
    }
    if (isAsBegun()) {
      show(CloudDrafts.NONE);
      return;
    }
    UI ui = UI.getCurrent();
    work.run(
        ui,
        tell -> clouds.parse(caller, text, factsText),
        result -> {
          // What was typed meanwhile is being read already.
          if (mine == reading) {
            show(result);
          }
        },
        fault -> {
          if (mine == reading) {
            show(CloudDrafts.NONE);
            notice.removeAll();
            notice.add(Notice.of(fault));
          }
        });
    showWhatCanBeDone();
  }

  private void show(CloudDrafts result) {
    read = true;
    parsed = result;
    entry.show(
        result.problems().stream()
            .filter(problem -> problem.source().isEmpty())
            .map(problem -> Diagnostics.of(problem.violation(), Reader.locale()))
            .toList());
    facts.show(
        result.problems().stream()
            .filter(problem -> problem.source().equals(FACTS))
            .map(EntryProblem::violation)
            .map(violation -> Diagnostics.of(violation, Reader.locale()))
            .toList());
    drafts.show(result);
    leftOut.setText(leftOut(result));
    leftOut.setVisible(!leftOut.getText().isEmpty());
    understood.setVisible(!result.drafts().isEmpty());
    // An outcome belongs to what was tested, to the letter.
    boolean stale = reports.keySet().removeIf(tested -> !result.drafts().contains(tested));
    if (stale) {
      showReports();
    }
    showWhatCanBeDone();
    if (testWhenRead) {
      testWhenRead = false;
      if (test.isEnabled()) {
        test();
      }
    }
  }

  /** One wrong entry, or one that is registered, stands in no other's way. */
  private String leftOut(CloudDrafts result) {
    Set<String> wrong =
        result.problems().stream()
            .filter(problem -> !result.problemsOfAll().contains(problem))
            .map(EntryProblem::entry)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    String known =
        result.known().isEmpty()
            ? ""
            : getTranslation(
                "add.known",
                result.known().size(),
                names(result.known().stream().map(EntryProblem::entry)));
    String mistakes =
        wrong.isEmpty() ? "" : getTranslation("add.left-out", wrong.size(), names(wrong.stream()));
    return (known + " " + mistakes).strip();
  }

  private static String names(Stream<String> entries) {
    return entries.collect(Collectors.joining(", "));
  }

  private void showReports() {
    outcome.removeAll();
    if (!reports.isEmpty()) {
      outcome.add(new H2(getTranslation("test.title")));
      reports.values().forEach(outcome::add);
    }
  }

  private void showWhatCanBeDone() {
    List<CloudDraft> chosen =
        read && parsed.problemsOfAll().isEmpty() ? drafts.chosen() : List.of();
    boolean running = reports.values().stream().anyMatch(ConnectionReport::isRunning);
    understood.setVisible(!parsed.drafts().isEmpty());
    // What was just written is still being read: pressed already, it waits for that.
    test.setEnabled(!running && (read ? !chosen.isEmpty() : !isAsBegun()));
    add.setText(getTranslation("add.do", chosen.size()));
    add.setEnabled(!chosen.isEmpty() && !running && chosen.stream().allMatch(reports::containsKey));
  }

  private void test() {
    testWhenRead = !read;
    if (testWhenRead) {
      return;
    }
    notice.removeAll();
    reports.clear();
    UI ui = UI.getCurrent();
    for (CloudDraft draft : drafts.chosen()) {
      ConnectionReport report = new ConnectionReport(draft.cloud(), draft.connection().project());
      reports.put(draft, report);
      work.run(
          ui,
          tell -> clouds.test(caller, draft, check -> tell.accept(() -> report.add(check))),
          all -> {
            report.end();
            showWhatCanBeDone();
          },
          fault -> {
            report.end(fault);
            showWhatCanBeDone();
          });
    }
    showReports();
    showWhatCanBeDone();
    outcome.getElement().executeJs("this.scrollIntoView({block: 'start'})");
  }

  private void askToAdd() {
    List<CloudDraft> chosen = drafts.chosen();
    List<String> failed =
        chosen.stream()
            .filter(draft -> reports.get(draft).isFailed())
            .map(draft -> draft.cloud() + " · " + draft.connection().project())
            .toList();
    if (failed.isEmpty()) {
      add(chosen);
      return;
    }
    new ChoiceDialog(
            getTranslation("add.anyway"),
            List.of(
                getTranslation("add.anyway-words", String.join(", ", failed)),
                getTranslation("add.anyway-means")),
            getTranslation("add.anyway-do"),
            () -> add(chosen))
        .open();
  }

  private void add(List<CloudDraft> chosen) {
    notice.removeAll();
    List<CloudDraft> added = new ArrayList<>();
    for (CloudDraft draft : chosen) {
      try {
        clouds.add(caller, draft);
        added.add(draft);
      } catch (FederationFault fault) {
        notice.add(
            new Notice(
                Mark.FAILED,
                getTranslation(
                    "add.refused", draft.cloud().text(), draft.connection().project().toString()),
                new Paragraph(fault.phrase().in(getLocale()))));
      }
    }
    if (!added.isEmpty()) {
      Notification.show(
          getTranslation(
              "add.done",
              added.size(),
              names(
                  added.stream()
                      .map(draft -> draft.cloud() + " · " + draft.connection().project()))));
    }
    if (notice.getComponentCount() > 0 || !parsed.problems().isEmpty()) {
      // What is wrong waits to be mended; what was added is registered now, and told as such.
      members();
      textChanged();
      notice.getElement().executeJs("this.scrollIntoView({block: 'nearest'})");
      return;
    }
    done = true;
    unsent.forget();
    List<CloudId> ids = chosen.stream().map(CloudDraft::cloud).distinct().toList();
    getUI().ifPresent(ui -> ui.navigate(ids.size() == 1 ? "clouds/" + ids.get(0) : "clouds"));
  }
}
