package io.isthmus.ui.audit;

import com.vaadin.cdi.annotation.RouteScoped;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.streams.DownloadHandler;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.audit.AuditEntry;
import io.isthmus.domain.audit.AuditQuery;
import io.isthmus.domain.audit.AuditRecord;
import io.isthmus.domain.audit.AuditSearch;
import io.isthmus.domain.audit.AuditSlice;
import io.isthmus.domain.audit.AuditSubjects;
import io.isthmus.domain.audit.Face;
import io.isthmus.ui.element.Copyable;
import io.isthmus.ui.element.EmptyState;
import io.isthmus.ui.element.Moment;
import io.isthmus.ui.list.FilterField;
import io.isthmus.ui.list.FilterSelect;
import io.isthmus.ui.list.ListColumn;
import io.isthmus.ui.list.ListPanel;
import io.isthmus.ui.list.ListSlice;
import io.isthmus.ui.list.ListState;
import io.isthmus.ui.shell.CurrentProject;
import io.isthmus.ui.shell.MainLayout;
import io.isthmus.ui.shell.ProjectPage;
import jakarta.inject.Inject;
import java.io.BufferedWriter;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What was asked for and done on the project's behalf; for administrators and auditors in the whole
 * federation.
 */
@RouteScoped
@Route(value = AuditView.ADDRESS, layout = MainLayout.class)
public class AuditView extends ProjectPage {

  static final String ADDRESS = "audit";

  private static final long serialVersionUID = 1L;

  private static final String AT = "at";
  private static final String OUTCOME = "outcome";
  private static final String ACT = "action";
  private static final String FACE = "face";
  private static final String SINCE = "since";
  private static final String WHOSE = "project";
  private static final String CLOUD = "cloud";

  /** A record, read. */
  private record Row(long position, AuditRecord record) {
    private static Row of(AuditEntry entry) {
      return new Row(entry.position(), entry.record());
    }
  }

  private final transient AuditSearch search;
  private final transient AuditWords words = new AuditWords(this);
  private final transient ListPanel<Row> list;
  private final FilterField whose = new FilterField(getTranslation("audit.whose"));
  private final FilterField cloud = new FilterField(getTranslation("cloud.name"));

  @Inject
  AuditView(Callers callers, CurrentProject current, AuditSearch search) {
    super(callers, current);
    this.search = search;
    this.list =
        new ListPanel<>(getTranslation("audit.title"), Row::position, this::fetch, () -> ADDRESS);
    setPageTitle(getTranslation("audit.title"));
    list.search(getTranslation("audit.filter"))
        .filter(WHOSE, whose, whose::find)
        .filter(CLOUD, cloud, cloud::find)
        .filter(SINCE, choice("audit.since", Since.values()), Since.class)
        .filter(ACT, choice("audit.act", Act.values()), Act.class)
        .filter(FACE, choice("audit.face", Face.values()), Face.class)
        .filter(
            OUTCOME,
            choice("audit.outcome", AuditRecord.Outcome.values()),
            AuditRecord.Outcome.class)
        .whenEmpty(
            () -> new EmptyState(getTranslation("audit.none"), getTranslation("audit.none-words")));
    columns().forEach(list::column);
    setContent(list);
  }

  private <E extends Enum<E>> FilterSelect<E> choice(String name, E[] values) {
    return new FilterSelect<>(
        getTranslation(name), List.of(values), each -> getTranslation(name + "-" + each.name()));
  }

  /** The outcome last: on a phone it stands beside the time. */
  private List<ListColumn<Row>> columns() {
    return List.of(
        ListColumn.<Row>of(
                AT,
                getTranslation("event.time"),
                row ->
                    new Anchor(
                        "/" + ADDRESS + "/" + row.position(), Moment.time(row.record().at())),
                row -> row.record().at().toString())
            .sorts(),
        text("who", "audit.who", words::who),
        text("act", "audit.act", AuditRecord::action),
        ListColumn.of(
            "target",
            getTranslation("audit.target"),
            AuditView::target,
            row -> row.record().target().type() + " " + row.record().target().id()),
        text("where", "part.where", AuditWords::where),
        text("via", "audit.face", record -> words.face(record.face())),
        text("project", "audit.project", record -> text(record.project())).whenChosen(),
        text(
                "reason",
                "audit.reason",
                record -> text(record.reason().map(AuditRecord.Reason::words)))
            .whenChosen(),
        ListColumn.<Row>of(
                "request",
                getTranslation("event.request"),
                row -> Copyable.shortened(row.record().request().text()),
                row -> row.record().request().text())
            .whenChosen(),
        ListColumn.of(
            OUTCOME,
            getTranslation("audit.outcome"),
            row -> words.badge(row.record()),
            row -> row.record().outcome().text()));
  }

  private ListColumn<Row> text(String id, String header, Function<AuditRecord, String> text) {
    return ListColumn.of(
        id,
        getTranslation(header),
        row -> new Text(text.apply(row.record())),
        row -> text.apply(row.record()));
  }

  private static String text(Optional<?> value) {
    return value.map(Object::toString).orElse("");
  }

  private static Component target(Row row) {
    AuditRecord.Target target = row.record().target();
    return target.id().isEmpty()
        ? new Span(target.type())
        : new Div(new Span(target.type() + " "), Copyable.shortened(target.id()));
  }

  /** Who reads the whole federation's needs no project. */
  @Override
  protected boolean isOpenWithoutProject(Caller reader) {
    return reader.isFederationAuditor();
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    setSentence(
        whose()
            .map(project -> getTranslation("audit.sentence-project", project.toString()))
            .orElseGet(() -> getTranslation("audit.sentence")));
    boolean all = caller().isFederationAuditor();
    whose.setVisible(all);
    cloud.setVisible(all);
    if (all) {
      setActions(export());
      AuditSubjects subjects = search.subjects(caller());
      whose.offer(
          Stream.concat(
                  subjects.tenants().stream(), subjects.projects().stream().map(Object::toString))
              .sorted()
              .toList());
      cloud.offer(subjects.clouds());
    }
    list.show(ListState.of(event.getLocation().getQueryParameters()));
  }

  private Optional<ProjectId> whose() {
    return caller().isFederationAuditor() ? Optional.empty() : projectIfAny();
  }

  private ListSlice<Row> fetch(ListState asked, long skip, int limit) {
    if (named(asked).filter(AuditView::isNoProject).isPresent()) {
      return new ListSlice<>(List.of(), 0);
    }
    boolean oldestFirst =
        asked.sort().filter(sort -> sort.column().equals(AT) && !sort.descending()).isPresent();
    AuditSlice found = search.slice(query(asked), oldestFirst, skip, limit, caller());
    return new ListSlice<>(found.entries().stream().map(Row::of).toList(), found.total());
  }

  private Optional<String> named(ListState asked) {
    return asked.value(WHOSE).filter(word -> !word.isEmpty() && caller().isFederationAuditor());
  }

  private AuditQuery query(ListState asked) {
    // A tenant by its name, a project with its tenant's before it; who reads one project reads it.
    Optional<String> named = named(asked);
    return new AuditQuery(
        asked.value(SINCE, Since.class).map(since -> Instant.now().minus(since.duration())),
        Optional.empty(),
        Optional.of(asked.text()).filter(words -> !words.isEmpty()),
        named.filter(word -> word.indexOf('/') < 0),
        named.filter(word -> word.indexOf('/') >= 0).flatMap(AuditView::project).or(this::whose),
        Optional.empty(),
        asked.value(FACE, Face.class),
        asked.value(ACT, Act.class).map(Act::action),
        Optional.empty(),
        Optional.empty(),
        asked.value(CLOUD).filter(word -> !word.isEmpty()),
        asked.value(OUTCOME, AuditRecord.Outcome.class),
        Optional.empty());
  }

  /** Nothing is of what has a slash and cannot be a project. */
  private static boolean isNoProject(String word) {
    return word.indexOf('/') >= 0 && project(word).isEmpty();
  }

  private static Optional<ProjectId> project(String word) {
    try {
      return Optional.of(ProjectId.parse(word));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Anchor export() {
    Caller reader = caller();
    Anchor export =
        new Anchor(
            (DownloadHandler)
                event -> {
                  event.setFileName("isthmus-audit.ndjson");
                  event.setContentType("application/x-ndjson");
                  Writer lines =
                      new BufferedWriter(
                          new OutputStreamWriter(event.getOutputStream(), StandardCharsets.UTF_8));
                  search.export(lines, reader);
                  lines.flush();
                },
            getTranslation("audit.export"));
    export.setTitle(getTranslation("audit.export-words"));
    return export;
  }
}
