package io.isthmus.ui.usage;

import com.vaadin.cdi.annotation.RouteScoped;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudService;
import io.isthmus.domain.cloud.CloudView;
import io.isthmus.domain.cloud.PriceList;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.tenant.TenantService;
import io.isthmus.domain.usage.Budgets;
import io.isthmus.domain.usage.ExchangeRate;
import io.isthmus.domain.usage.ExchangeRates;
import io.isthmus.domain.usage.PriceBooks;
import io.isthmus.domain.usage.UsageDimension;
import io.isthmus.domain.usage.UsageReport;
import io.isthmus.domain.usage.UsageService;
import io.isthmus.ui.element.Clouds;
import io.isthmus.ui.element.DayField;
import io.isthmus.ui.element.EmptyState;
import io.isthmus.ui.element.ItemWords;
import io.isthmus.ui.element.Moment;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.list.FilterSelect;
import io.isthmus.ui.list.ListPanel;
import io.isthmus.ui.list.ListSource;
import io.isthmus.ui.list.ListState;
import io.isthmus.ui.shell.CurrentProject;
import io.isthmus.ui.shell.MainLayout;
import io.isthmus.ui.shell.ProjectPage;
import io.isthmus.ui.unsent.UnsentForms;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** What the project used, what it costs, and how its budget stands. */
@RouteScoped
@Route(value = UsageView.ADDRESS, layout = MainLayout.class)
public class UsageView extends ProjectPage {

  static final String ADDRESS = "usage";

  private static final long serialVersionUID = 1L;

  private final transient UsageService usage;
  private final transient Budgets budgets;
  private final transient PriceBooks prices;
  private final transient ExchangeRates rates;
  private final transient CloudService clouds;
  private final transient CurrentProject current;
  private final transient TenantService tenants;
  private final transient UnsentForms forms;

  private final Div bar = new Div();
  private final FilterSelect<Period> period;
  private final DayField from = new DayField(getTranslation("usage.from"), "");
  private final DayField to = new DayField(getTranslation("usage.to"), "");
  private final List<FilterSelect<UsageDimension>> by;
  private final FilterSelect<String> currency =
      new FilterSelect<>(
          getTranslation("usage.convert"),
          getTranslation("usage.not-converted"),
          List.of(),
          each -> getTranslation("usage.converted-to", each));
  private final Div whosePlace = new Div();
  private transient Optional<FilterSelect<String>> whose = Optional.empty();
  private final Div budget = new Div();
  private final Div body = new Div();
  private transient ListState asked = ListState.of(QueryParameters.empty());
  private transient UsageQuestion question;
  private transient Optional<ListPanel<UsageColumns.Line>> list = Optional.empty();
  private transient Optional<ProjectId> of = Optional.empty();
  private transient List<ProjectId> others = List.of();

  @Inject
  UsageView(
      Callers callers,
      CurrentProject current,
      UsageService usage,
      Budgets budgets,
      PriceBooks prices,
      ExchangeRates rates,
      CloudService clouds,
      TenantService tenants,
      UnsentForms forms) {
    super(callers, current);
    this.usage = usage;
    this.budgets = budgets;
    this.prices = prices;
    this.rates = rates;
    this.clouds = clouds;
    this.current = current;
    this.tenants = tenants;
    this.forms = forms;
    setPageTitle(getTranslation("usage.title"));
    period =
        new FilterSelect<>(
            getTranslation("usage.period"),
            getTranslation("usage.period-THIS_MONTH"),
            List.of(Period.LAST_MONTH, Period.LAST_12_MONTHS, Period.DAYS),
            each -> getTranslation("usage.period-" + each));
    by =
        IntStream.range(0, UsageQuestion.MOST)
            .mapToObj(i -> dimension(i == 0 ? "usage.group-by" : "usage.then-by"))
            .toList();
    period.addValueChangeListener(
        change -> {
          if (change.isFromClient()) {
            choosePeriod(change.getValue());
          }
        });
    from.onChange(this::chooseDays);
    to.onChange(this::chooseDays);
    by.forEach(
        each ->
            each.addValueChangeListener(
                change -> {
                  if (change.isFromClient()) {
                    ask(UsageQuestion.BY, UsageQuestion.written(chosen()));
                  }
                }));
    listen(currency, UsageQuestion.CURRENCY);
    bar.addClassNames("filter-bar", "usage-bar");
    bar.add(whosePlace, period, from, to);
    by.forEach(bar::add);
    bar.add(currency);
    body.addClassName("stack-wide");
  }

  private FilterSelect<UsageDimension> dimension(String key) {
    return new FilterSelect<>(
        getTranslation(key),
        getTranslation(key + "-nothing"),
        UsageQuestion.OFFERED,
        each -> getTranslation("usage.by-" + each.text()));
  }

  private void listen(FilterSelect<String> field, String parameter) {
    field.addValueChangeListener(
        change -> {
          if (change.isFromClient()) {
            ask(parameter, Optional.ofNullable(change.getValue()).orElse(""));
          }
        });
  }

  private List<UsageDimension> chosen() {
    return by.stream().map(FilterSelect::getValue).filter(Objects::nonNull).distinct().toList();
  }

  private void choosePeriod(Period chosen) {
    ListState now =
        asked
            .with(UsageQuestion.PERIOD, chosen == null ? "" : chosen.name())
            .without(List.of(UsageQuestion.FROM, UsageQuestion.TO));
    if (chosen == Period.DAYS) {
      now =
          now.with(UsageQuestion.FROM, question.first().toString())
              .with(UsageQuestion.TO, question.last().toString());
    }
    go(now);
  }

  private void chooseDays() {
    if (!(from.check() & to.check()) || from.day().isEmpty() || to.day().isEmpty()) {
      return;
    }
    if (to.day().get().isBefore(from.day().get())) {
      to.setProblem(getTranslation("usage.ends-early"));
      return;
    }
    go(
        asked
            .with(UsageQuestion.FROM, from.day().get().toString())
            .with(UsageQuestion.TO, to.day().get().toString()));
  }

  private void ask(String parameter, String value) {
    go(asked.with(parameter, value));
  }

  /** Columns, order and what was searched for are of what was shown before. */
  private void go(ListState wanted) {
    ListState state = wanted.without(List.of("sort", "columns", ListState.TEXT));
    getUI().ifPresent(ui -> ui.navigate(ADDRESS, state.query()));
  }

  /** Administrators see what all projects used. */
  @Override
  protected boolean isOpenWithoutProject(Caller reader) {
    return reader.isFederationAdmin();
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    ListState before = asked;
    asked = ListState.of(event.getLocation().getQueryParameters());
    UsageQuestion last = question;
    Optional<ProjectId> lastOf = of;
    question = UsageQuestion.of(asked, LocalDate.now(ZoneOffset.UTC));
    others = caller().isFederationAdmin() ? tenants.known(caller()) : current.projects(caller());
    of = question.project(projectIfAny(), others);
    if (list.isPresent() && !asked.equals(before) && question.equals(last) && of.equals(lastOf)) {
      // Only the table is asked for something else: the focus stays in its fields.
      list.get().show(asked);
      return;
    }
    list = Optional.empty();
    fill();
    if (bar.getParent().isEmpty()) {
      // Only once, so that the focus stays where it is.
      setContent(budget, bar, body);
    }
    body.removeAll();
    drawBudget();
    try {
      draw();
    } catch (FederationFault fault) {
      setSentence(getTranslation("usage.sentence"));
      body.add(Notice.of(fault));
    }
  }

  private void fill() {
    offerProjects();
    period.setValue(question.period() == Period.THIS_MONTH ? null : question.period());
    boolean days = question.period() == Period.DAYS;
    from.setVisible(days);
    to.setVisible(days);
    from.setDay(Optional.of(question.first()));
    to.setDay(Optional.of(question.last()));
    from.setProblem("");
    to.setProblem("");
    for (int i = 0; i < by.size(); i++) {
      by.get(i).setValue(i < question.by().size() ? question.by().get(i) : null);
      // What comes next is offered when there is something before it.
      by.get(i).setVisible(i <= question.by().size());
    }
    Set<String> offered = new TreeSet<>(currencies());
    question.currency().ifPresent(offered::add);
    currency.offer(offered);
    currency.setValue(question.currency().orElse(null));
  }

  /** Administrators choose among all projects, others among their own. */
  private void offerProjects() {
    Optional<ProjectId> own = projectIfAny();
    FilterSelect<String> field = whose.orElseGet(() -> projects(own));
    if (whose.isEmpty()) {
      whose = Optional.of(field);
      whosePlace.add(field);
    }
    whosePlace.setVisible(others.size() > 1 || own.isEmpty() && !others.isEmpty());
    List<String> offered = new ArrayList<>();
    if (own.isPresent()) {
      offered.add(UsageQuestion.ALL);
    }
    others.stream()
        .filter(one -> !own.equals(Optional.of(one)))
        .map(ProjectId::toString)
        .forEach(offered::add);
    field.offer(offered);
    Optional<String> chosen =
        of.equals(own)
            ? Optional.empty()
            : Optional.of(of.map(ProjectId::toString).orElse(UsageQuestion.ALL));
    field.setValue(chosen.filter(offered::contains).orElse(null));
  }

  private FilterSelect<String> projects(Optional<ProjectId> own) {
    FilterSelect<String> field =
        new FilterSelect<>(
            getTranslation("usage.whose"),
            own.map(ProjectId::toString).orElse(getTranslation("usage.all-projects")),
            List.of(),
            each -> each.equals(UsageQuestion.ALL) ? getTranslation("usage.all-projects") : each);
    listen(field, UsageQuestion.WHOSE);
    return field;
  }

  /** Those that rates are known of, and those that clouds ask in. */
  private Set<String> currencies() {
    Set<String> known = new LinkedHashSet<>();
    known.add("EUR");
    rates.list(caller()).stream().map(ExchangeRate::currency).forEach(known::add);
    Instant now = Instant.now();
    prices.list(caller()).stream()
        .map(book -> book.at(now))
        .flatMap(Optional::stream)
        .map(PriceList::currency)
        .forEach(known::add);
    return known;
  }

  private void drawBudget() {
    budget.removeAll();
    of.ifPresent(
        project ->
            budget.add(
                new BudgetPanel(
                    budgets, project, caller(), forms, this::currencies, this::drawBudget)));
  }

  private void draw() {
    UsageFigures figures = new UsageFigures(usage.report(question.chart(of), caller()));
    setSentence(
        new UsageSentence(
                this::getTranslation, Reader.formats(), item -> ItemWords.briefly(this, item))
            .of(question, figures.report()));
    if (figures.report().rows().isEmpty()) {
      body.add(teacher());
      return;
    }
    UsageReport report = usage.report(question.query(of), caller());
    Clouds drawn = new Clouds(members());
    Div head =
        new Div(
            new H2(getTranslation("usage.table")),
            new Span(new Span(getTranslation("usage.as-of") + " "), Moment.ago(report.asOf())));
    head.addClassNames("row", "between");
    body.add(new UsageChart(question, figures, drawn), head, table(report, drawn));
  }

  private ListPanel<UsageColumns.Line> table(UsageReport report, Clouds drawn) {
    UsageColumns columns =
        new UsageColumns(
            this, report, question.by(), drawn, of.isPresent() && of.equals(projectIfAny()));
    List<UsageColumns.Line> lines =
        report.rows().stream().map(row -> new UsageColumns.Line(row, false)).toList();
    ListPanel<UsageColumns.Line> table =
        new ListPanel<>(
            getTranslation("usage.title"),
            line -> line.total() ? "total" : line.row().keys(),
            ListSource.of(
                () -> lines,
                (state, line) -> columns.isNamed(line, state.text()),
                columns.orders()),
            () -> ADDRESS);
    if (!question.by().isEmpty()) {
      table.search(getTranslation("usage.filter"));
      // The sum of all is none of what was found.
      table.total(
          () ->
              Optional.of(new UsageColumns.Line(report.total(), true))
                  .filter(all -> asked.text().isEmpty()));
    }
    columns.columns().forEach(table::column);
    table.addClassName("usage-table");
    table.show(asked);
    list = Optional.of(table);
    return table;
  }

  /** Who belongs to no project administers the federation. */
  private List<CloudView> members() {
    return projectIfAny()
        .map(project -> clouds.list(caller(), project))
        .orElseGet(
            () ->
                clouds.listAll(caller()).stream()
                    .map(
                        details ->
                            new CloudView(
                                details.cloud().id(),
                                details.cloud().name(),
                                details.cloud().hue(),
                                details.cloud().enabled(),
                                false,
                                details.cloud().facts(),
                                details.health(),
                                Optional.empty()))
                    .toList());
  }

  private EmptyState teacher() {
    boolean whole = question.period() == Period.THIS_MONTH;
    List<Anchor> ways = new ArrayList<>();
    if (projectIfAny().isPresent()) {
      ways.add(new Anchor("/stacks/new?sample=shop", getTranslation("stacks.begin-with-sample")));
    }
    if (whole) {
      ways.add(
          new Anchor(
              "/" + ADDRESS + "?period=" + Period.LAST_12_MONTHS,
              getTranslation("usage.period-LAST_12_MONTHS")));
    }
    return new EmptyState(
        getTranslation("usage.empty"),
        getTranslation("usage.empty-words"),
        ways.toArray(Anchor[]::new));
  }
}
