package io.isthmus.ui.leak;

import com.vaadin.cdi.annotation.RouteScoped;
import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.leak.Finding;
import io.isthmus.domain.leak.LeakCheck;
import io.isthmus.domain.leak.LeakChecks;
import io.isthmus.domain.leak.Unseen;
import io.isthmus.ui.element.BulkAction;
import io.isthmus.ui.element.Copyable;
import io.isthmus.ui.element.EmptyState;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.element.RemovalDialog;
import io.isthmus.ui.element.StateBadge;
import io.isthmus.ui.list.FilterSelect;
import io.isthmus.ui.list.ListColumn;
import io.isthmus.ui.list.ListPanel;
import io.isthmus.ui.list.ListSource;
import io.isthmus.ui.list.ListState;
import io.isthmus.ui.shell.FederationAdminsOnly;
import io.isthmus.ui.shell.LiveUpdates;
import io.isthmus.ui.shell.MainLayout;
import io.isthmus.ui.shell.Page;
import io.isthmus.ui.widget.Mark;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The last check for leaks: what it found, by cloud, and what can be deleted of it. */
@RouteScoped
@FederationAdminsOnly
@Route(value = LeaksView.ADDRESS, layout = MainLayout.class)
public class LeaksView extends Page implements BeforeEnterObserver {

  static final String ADDRESS = "leaks";

  private static final long serialVersionUID = 1L;
  private static final String KIND = "kind";
  private static final String WHERE = "where";
  private static final String TYPE = "type";
  private static final String CLOUD = "cloud";

  /** Named one by one before they are deleted. */
  private static final int MOST_NAMED = 20;

  private final transient Callers callers;
  private final transient LeakChecks checks;
  private final transient LiveUpdates live;
  private final Button start;
  private final Div told = new Div();
  private final FilterSelect<String> cloud =
      new FilterSelect<>(getTranslation("leaks.cloud"), List.of(), each -> each);
  private final transient ListPanel<Finding> list;
  private transient Caller caller;
  private transient Optional<LeakCheck> check = Optional.empty();

  @Inject
  LeaksView(Callers callers, LeakChecks checks, LiveUpdates live) {
    this.callers = callers;
    this.checks = checks;
    this.live = live;
    setPageTitle(getTranslation("leaks.title"));
    setSentence(getTranslation("leaks.sentence"));
    start = new Button(getTranslation("leaks.start"), click -> start());
    start.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    start.setDisableOnClick(true);
    setActions(start);
    told.addClassName("stack");
    list =
        new ListPanel<>(
            getTranslation("leaks.title"),
            Finding::id,
            ListSource.of(
                () -> check.map(LeakCheck::findings).orElse(List.of()),
                this::isWanted,
                Map.of(
                    KIND, Comparator.comparing(Finding::kind),
                    WHERE, Comparator.comparing(LeaksView::where),
                    TYPE, Comparator.comparing(Finding::type))),
            () -> ADDRESS);
    list.search(getTranslation("leaks.filter"))
        .filter(
            KIND,
            new FilterSelect<>(
                getTranslation("leaks.kind"),
                List.of(Finding.Kind.values()),
                kind -> getTranslation("leaks.kind-" + kind)),
            Finding.Kind.class)
        .filter(CLOUD, cloud, cloud::find)
        .bulk(
            LeaksView::called,
            new BulkAction<>(
                count -> getTranslation("leaks.repair-several", count),
                this::isRepairable,
                this::ask))
        .whenEmpty(this::nothing);
    columns().forEach(list::column);
    setContent(told, list);
  }

  private List<ListColumn<Finding>> columns() {
    return List.of(
        ListColumn.of(
                KIND,
                getTranslation("leaks.kind"),
                (Finding finding) -> badge(finding.kind()),
                finding -> finding.kind().name().toLowerCase(Locale.ROOT))
            .sorts(),
        ListColumn.<Finding>text(WHERE, getTranslation("leaks.where"), LeaksView::where).sorts(),
        ListColumn.<Finding>text(TYPE, getTranslation("leaks.type"), Finding::type).sorts(),
        ListColumn.of("name", getTranslation("leaks.name"), this::name, LeaksView::called),
        ListColumn.of(
            "physical_id",
            getTranslation("leaks.id"),
            finding -> Copyable.shortened(finding.physicalId()),
            Finding::physicalId),
        ListColumn.of(
            "why",
            getTranslation("leaks.why"),
            finding -> new Span(finding.reason().in(getLocale())),
            finding -> finding.reason().in(getLocale())),
        ListColumn.of(
            "repair",
            getTranslation("leaks.repair"),
            this::repair,
            finding -> finding.repair().name().toLowerCase(Locale.ROOT)));
  }

  private StateBadge badge(Finding.Kind kind) {
    Mark mark =
        switch (kind) {
          case LEAKED -> Mark.DEGRADED;
          case MISSING -> Mark.FAILED;
          case UNKNOWN -> Mark.UNKNOWN;
        };
    return new StateBadge(mark, getTranslation("leaks.kind-" + kind));
  }

  /** What the cloud calls it, and whose it is or was. */
  private Component name(Finding finding) {
    Div name = new Div(new Span(finding.name().isEmpty() ? "—" : finding.name()));
    finding
        .stackName()
        .ifPresent(
            stack -> {
              Span of =
                  new Span(getTranslation("leaks.of-stack", finding.resource().orElse(""), stack));
              of.addClassName("quiet");
              name.add(new Div(of));
            });
    return name;
  }

  private Component repair(Finding finding) {
    Div repair = new Div();
    repair.add(new Span(getTranslation("leaks.repair-" + finding.repair())));
    finding
        .trouble()
        .ifPresent(
            trouble -> {
              Span why = new Span(trouble.in(getLocale()));
              why.addClassName("quiet");
              repair.add(new Div(why));
            });
    return repair;
  }

  private static String where(Finding finding) {
    return finding.cloud() + "/" + finding.region();
  }

  private static String called(Finding finding) {
    return finding.name().isEmpty() ? finding.physicalId() : finding.name();
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    caller = callers.current();
    look();
    list.show(ListState.of(event.getLocation().getQueryParameters()));
  }

  @Override
  protected void onAttach(AttachEvent attached) {
    super.onAttach(attached);
    live.follow(this, Optional.empty(), this::refresh);
  }

  /** Only what goes on changes by itself. */
  private void refresh() {
    if (check.map(LeakCheck::isUnderWay).orElse(true)) {
      look();
      list.refresh();
    }
  }

  private void look() {
    Optional<LeakCheck> now = checks.list(caller).stream().findFirst();
    if (now.isPresent() && now.equals(check)) {
      return;
    }
    check = now;
    cloud.offer(
        check.map(LeakCheck::findings).orElse(List.of()).stream()
            .map(finding -> finding.cloud().text())
            .distinct()
            .toList());
    start.setEnabled(check.map(LeakCheck::isUnderWay).map(going -> !going).orElse(true));
    told.removeAll();
    check.ifPresent(this::tell);
  }

  private void tell(LeakCheck now) {
    Mark mark =
        switch (now.result()) {
          case OPEN -> Mark.PROGRESS;
          case CLEAN, REPAIRED -> Mark.COMPLETE;
          case FOUND -> Mark.DEGRADED;
          case INCOMPLETE -> Mark.UNKNOWN;
        };
    Span how =
        new Span(
            now.state() == LeakCheck.State.RUNNING
                ? getTranslation("leaks.progress", now.stepsDone(), now.steps(), now.lists())
                : getTranslation(
                    "leaks.summary",
                    now.open(Finding.Kind.LEAKED),
                    now.open(Finding.Kind.MISSING),
                    now.open(Finding.Kind.UNKNOWN),
                    now.removed(),
                    now.marked(),
                    now.parts()));
    Span when =
        new Span(
            getTranslation("leaks.begun", Reader.formats().dateTime(now.beganAt()), now.askedBy()));
    when.addClassName("quiet");
    List<Component> body = new ArrayList<>(List.of(new Div(how), new Div(when)));
    if (now.more() > 0) {
      body.add(new Div(new Span(getTranslation("leaks.more", now.more()))));
    }
    String state = now.state() == LeakCheck.State.DONE ? now.result().name() : now.state().name();
    told.add(
        new Notice(mark, getTranslation("leaks.state-" + state), body.toArray(Component[]::new)));
    if (!now.unseen().isEmpty()) {
      told.add(unseen(now.unseen()));
    }
  }

  private Notice unseen(List<Unseen> all) {
    UnorderedList places = new UnorderedList();
    places.addClassName("reasons");
    for (Unseen one : all) {
      String where = one.cloud() + one.region().map(region -> "/" + region).orElse("");
      places.add(
          new ListItem(
              getTranslation(
                  "leaks.unseen-place",
                  where,
                  one.project(),
                  one.type().orElse(getTranslation("leaks.all-types")),
                  one.reason().in(getLocale()))));
    }
    return new Notice(Mark.UNKNOWN, getTranslation("leaks.unseen", all.size()), places);
  }

  private Component nothing() {
    return check.isEmpty()
        ? new EmptyState(
            getTranslation("leaks.never"), getTranslation("leaks.never-words"), startToo())
        : new EmptyState(
            getTranslation("leaks.empty"), getTranslation("leaks.empty-words"), startToo());
  }

  private Button startToo() {
    Button again = new Button(getTranslation("leaks.start"), click -> start());
    again.setEnabled(check.map(LeakCheck::isUnderWay).map(going -> !going).orElse(true));
    return again;
  }

  private void start() {
    try {
      checks.start(caller);
      look();
      list.refresh();
    } catch (FederationFault fault) {
      look();
      start.setEnabled(check.filter(LeakCheck::isUnderWay).isEmpty());
      told.addComponentAsFirst(Notice.of(fault));
    }
  }

  private boolean isRepairable(Finding finding) {
    return finding.kind() == Finding.Kind.LEAKED
        && finding.repair() != Finding.Repair.REMOVED
        && finding.repair() != Finding.Repair.NOT_NEEDED
        && check.filter(LeakCheck::isUnderWay).isEmpty();
  }

  private void ask(List<Finding> chosen) {
    List<String> consequences =
        new ArrayList<>(
            chosen.stream()
                .limit(MOST_NAMED)
                .map(
                    finding ->
                        getTranslation(
                            "leaks.goes", finding.type(), called(finding), where(finding)))
                .toList());
    if (chosen.size() > MOST_NAMED) {
      consequences.add(getTranslation("leaks.goes-more", chosen.size() - MOST_NAMED));
    }
    long volumes = chosen.stream().filter(Finding::isVolume).count();
    if (volumes > 0) {
      consequences.add(getTranslation("leaks.volumes-lost", volumes));
    }
    consequences.add(getTranslation("leaks.looked-again"));
    new RemovalDialog(
            getTranslation("leaks.repair-several", chosen.size()),
            consequences,
            Integer.toString(chosen.size()),
            getTranslation("leaks.delete"),
            () -> {
              checks.repair(
                  check.orElseThrow().id(), chosen.stream().map(Finding::id).toList(), caller);
              look();
              list.refresh();
            })
        .open();
  }

  private boolean isWanted(ListState asked, Finding finding) {
    String part = asked.text().toLowerCase(Locale.ROOT);
    return asked.value(KIND, Finding.Kind.class).map(finding.kind()::equals).orElse(true)
        && asked.value(CLOUD).map(finding.cloud().text()::equals).orElse(true)
        && Stream.of(
                finding.name(),
                finding.physicalId(),
                finding.type(),
                where(finding),
                finding.project().toString(),
                finding.stackName().orElse(""),
                finding.resource().orElse(""))
            .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(part));
  }
}
