package io.isthmus.ui.overview;

import com.vaadin.cdi.annotation.RouteScoped;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.cloud.ClosedArea;
import io.isthmus.domain.cloud.CloudHealth;
import io.isthmus.domain.cloud.CloudService;
import io.isthmus.domain.cloud.CloudView;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.drain.DrainService;
import io.isthmus.domain.insurance.Insurance;
import io.isthmus.domain.insurance.InsuranceService;
import io.isthmus.domain.stack.PartCount;
import io.isthmus.domain.stack.StackLists;
import io.isthmus.domain.stack.StackService;
import io.isthmus.domain.stack.StackTotals;
import io.isthmus.domain.stack.StackView;
import io.isthmus.domain.stack.Urgency;
import io.isthmus.domain.webhook.Webhook;
import io.isthmus.domain.webhook.Webhooks;
import io.isthmus.ui.element.CloudSites;
import io.isthmus.ui.element.Clouds;
import io.isthmus.ui.element.DisabledCloud;
import io.isthmus.ui.element.EmptyState;
import io.isthmus.ui.element.Formats;
import io.isthmus.ui.element.HealthCell;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.element.Table;
import io.isthmus.ui.insurance.InsurancePanel;
import io.isthmus.ui.shell.CurrentProject;
import io.isthmus.ui.shell.LiveUpdates;
import io.isthmus.ui.shell.MainLayout;
import io.isthmus.ui.shell.ProjectPage;
import io.isthmus.ui.stack.StacksTable;
import io.isthmus.ui.webhook.StalledWebhooks;
import io.isthmus.ui.widget.Mark;
import io.isthmus.ui.widget.SiteMap;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What runs where, how it is, and what is in progress. */
@RouteScoped
@Route(value = "", layout = MainLayout.class)
public class OverviewView extends ProjectPage {

  private static final long serialVersionUID = 1L;

  private static final String SERVER = "OS::Nova::Server";
  private static final String VOLUME = "OS::Cinder::Volume";
  private static final int SHOWN = 8;
  private static final Duration INSURED_FOR = Duration.ofSeconds(10);

  private final transient CloudService cloudService;
  private final transient StackService stackService;
  private final transient StackLists lists;
  private final transient DrainService drains;
  private final transient InsuranceService insuranceService;
  private final transient Webhooks webhooks;

  private final SiteMap map = new SiteMap();
  private final Div closed = new Div();
  private final StalledWebhooks stalled = new StalledWebhooks();
  private final Div figures = new Div();
  private final Div stacksHere = new Div();
  private transient Table<CloudRow> cloudTable;
  private transient StacksTable stackTable;
  private final InsurancePanel insurance = new InsurancePanel();
  private transient Seen shown;

  /**
   * What would be if clouds vanished changes every few minutes; it need not be asked at each event.
   */
  private transient List<Insurance> insured = List.of();

  private transient Instant insuredAt = Instant.EPOCH;

  /**
   * What the page was drawn from.
   *
   * @param totals of all the project's stacks
   * @param drifted how many of them have something that was changed behind our back
   * @param stacks the most urgent of them
   * @param closed where nothing new is placed, and why
   * @param insured what would be if clouds vanished
   * @param stalled webhooks of the federation that have paused by themselves
   */
  private record Seen(
      List<CloudView> clouds,
      List<PartCount> counts,
      StackTotals totals,
      long drifted,
      List<StackView> stacks,
      List<ClosedArea> closed,
      List<Insurance> insured,
      List<Webhook> stalled) {}

  /** One cloud's row. */
  private record CloudRow(CloudView cloud, int servers, int volumes, int parts, int complete) {}

  @Inject
  OverviewView(
      Callers callers,
      CurrentProject current,
      CloudService clouds,
      StackService stacks,
      StackLists lists,
      DrainService drains,
      InsuranceService insurance,
      Webhooks webhooks,
      LiveUpdates live) {
    super(callers, current);
    this.cloudService = clouds;
    this.stackService = stacks;
    this.lists = lists;
    this.drains = drains;
    this.insuranceService = insurance;
    this.webhooks = webhooks;
    map.setTexts(CloudSites.texts(this));
    map.addSiteClickListener(click -> go(click.id()));
    follow(live, this::refresh);
    setPageTitle(getTranslation("overview.title"));
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    lay();
    shown = null;
    insuredAt = Instant.EPOCH;
    refresh();
  }

  private void lay() {
    map.setSizeFull();
    Div frame = new Div(map);
    frame.addClassNames("map-frame", "after-list");
    cloudTable =
        new Table<CloudRow>(getTranslation("overview.clouds"), row -> row.cloud().id())
            .column(getTranslation("cloud.name"), this::cloudName)
            .number(getTranslation("overview.servers"), row -> format().number(row.servers()))
            .number(getTranslation("overview.volumes"), row -> format().number(row.volumes()))
            .number(
                getTranslation("overview.resources"),
                row ->
                    row.parts() == row.complete()
                        ? format().number(row.parts())
                        : getTranslation("progress.of", row.complete(), row.parts()))
            .column(getTranslation("cloud.health"), this::health);
    Div split = new Div(frame, cloudTable);
    split.addClassName("split");
    figures.addClassName("figures");
    stackTable = new StacksTable(getTranslation("overview.stacks"));
    setActions(newStack());
    stacksHere.addClassName("stack");
    closed.addClassName("stack");
    setContent(stalled, closed, figures, split, insurance, stacksHere);
  }

  private void refresh() {
    Seen now =
        new Seen(
            cloudService.list(caller(), project()),
            stackService.counts(project(), caller()),
            lists.totals(project(), caller()),
            lists.drifted(project(), caller()),
            lists.mostUrgent(project(), SHOWN, caller()),
            drains.closed(project(), caller()),
            insured(),
            webhooks.stalled(caller()));
    if (now.equals(shown)) {
      return;
    }
    shown = now;
    setSentence(sentence(now));
    showFigures(now);
    stalled.show(now.stalled());
    showClosed(now.closed());
    insurance.show(now.insured(), caller().isFederationAuditor(), new Clouds(now.clouds()));
    Map<Place, Long> counts =
        now.counts().stream()
            .collect(
                Collectors.groupingBy(PartCount::region, Collectors.summingLong(PartCount::parts)));
    map.setSites(
        CloudSites.of(
            now.clouds(),
            counts,
            (cloud, regions, count) ->
                getTranslation("overview.site", cloud.name(), String.join(", ", regions), count)
                    + reservation(cloud),
            (cloud, regions) -> false,
            cloud -> Optional.of(way(cloud))));
    cloudTable.setRows(now.clouds().stream().map(cloud -> row(cloud, now.counts())).toList());
    showStacks(now);
  }

  /** Who sees the whole federation sees what would become of all stacks. */
  private List<Insurance> insured() {
    Instant now = Instant.now();
    if (insuredAt.plus(INSURED_FOR).isBefore(now)) {
      insured =
          insuranceService.glance(
              caller().isFederationAuditor() ? Optional.empty() : Optional.of(project()), caller());
      insuredAt = now;
    }
    return insured;
  }

  /** To the cloud itself for who may see it, else to what the project has there. */
  private SiteMap.Way way(CloudView cloud) {
    return caller().isFederationAdmin()
        ? new SiteMap.Way(
            "/clouds/" + cloud.id(), getTranslation("overview.to-cloud", cloud.id().text()))
        : new SiteMap.Way(
            "/stacks?cloud=" + cloud.id(), getTranslation("overview.to-stacks", cloud.id().text()));
  }

  /** A dot's id comes from the browser; what is no dot of these leads nowhere. */
  private void go(String site) {
    shown.clouds().stream()
        .filter(cloud -> site.startsWith(cloud.id() + "/"))
        .findFirst()
        .ifPresent(cloud -> getUI().ifPresent(ui -> go(ui, cloud)));
  }

  private void go(UI ui, CloudView cloud) {
    if (caller().isFederationAdmin()) {
      ui.navigate("clouds/" + cloud.id());
    } else {
      ui.navigate("stacks", QueryParameters.of("cloud", cloud.id().text()));
    }
  }

  private String reservation(CloudView cloud) {
    if (!cloud.accessible()) {
      return " · " + getTranslation("cloud.no-access");
    }
    return cloud.enabled() ? "" : " · " + getTranslation("clouds.disabled-told");
  }

  private static CloudRow row(CloudView cloud, List<PartCount> counts) {
    List<PartCount> here =
        counts.stream().filter(count -> count.region().cloud().equals(cloud.id())).toList();
    return new CloudRow(
        cloud,
        parts(here, SERVER),
        parts(here, VOLUME),
        here.stream().mapToInt(PartCount::parts).sum(),
        here.stream().mapToInt(PartCount::complete).sum());
  }

  private static int parts(List<PartCount> counts, String type) {
    return counts.stream()
        .filter(count -> count.type().equals(type))
        .mapToInt(PartCount::parts)
        .sum();
  }

  private String sentence(Seen now) {
    long failed = now.totals().of(Urgency.FAILED);
    long working = now.totals().of(Urgency.WORKING);
    long away =
        now.clouds().stream()
            .filter(cloud -> cloud.health().state() == CloudHealth.State.UNREACHABLE)
            .count();
    long usable = usable(now);
    String first =
        now.totals().all() == 0
            ? getTranslation("overview.nothing-yet", usable)
            : getTranslation(
                "overview.sentence", now.totals().all(), parts(now.counts(), SERVER), usable);
    return first
        + more("overview.failed", failed)
        + more("overview.working", working)
        + more("overview.away", away);
  }

  /** How many clouds the project may put something new into. */
  private static long usable(Seen now) {
    return now.clouds().stream().filter(CloudView::accessible).filter(CloudView::enabled).count();
  }

  /** One more sentence, of what there is at all. */
  private String more(String key, long count) {
    return count == 0 ? "" : " " + getTranslation(key, count);
  }

  private void showFigures(Seen now) {
    figures.removeAll();
    figures.add(
        figure("overview.stacks", now.totals().all()),
        figure("overview.servers", parts(now.counts(), SERVER)),
        figure("overview.volumes", parts(now.counts(), VOLUME)),
        figure("overview.clouds", usable(now)));
    if (now.drifted() > 0) {
      Anchor drifted = new Anchor("/stacks?drift=true", figure("overview.drifted", now.drifted()));
      figures.add(drifted);
    }
  }

  private void showClosed(List<ClosedArea> areas) {
    closed.removeAll();
    areas.forEach(
        one ->
            closed.add(new Notice(Mark.PROGRESS, "", new Paragraph(one.reason().in(getLocale())))));
    closed.setVisible(!areas.isEmpty());
  }

  private Component figure(String name, long number) {
    Span value = new Span(format().number(number));
    value.addClassName("value");
    Span label = new Span(getTranslation(name));
    label.addClassName("name");
    Div figure = new Div(value, label);
    figure.addClassName("figure");
    return figure;
  }

  private void showStacks(Seen now) {
    if (now.stacks().isEmpty()) {
      stacksHere.removeAll();
      stacksHere.add(
          new EmptyState(
              getTranslation("stacks.empty"),
              getTranslation("stacks.empty-words"),
              new Anchor("/stacks/new?sample=shop", getTranslation("stacks.begin-with-sample"))));
      return;
    }
    if (stackTable.getParent().isEmpty()) {
      stacksHere.removeAll();
      stacksHere.add(
          new H2(getTranslation("overview.newest-stacks")),
          stackTable,
          new Anchor("/stacks", getTranslation("overview.all-stacks")));
    }
    stackTable.show(now.stacks(), new Clouds(now.clouds()));
  }

  private Component cloudName(CloudRow row) {
    SiteMap.Way way = way(row.cloud());
    Anchor chip =
        new Anchor(way.address(), new Clouds(List.of(row.cloud())).chip(row.cloud().id()));
    chip.setTitle(way.words());
    Div name = new Div(chip);
    Span full = new Span(row.cloud().name());
    full.addClassNames("quiet", "small");
    name.add(full);
    name.addClassName("lines");
    return name;
  }

  private Component health(CloudRow row) {
    CloudView cloud = row.cloud();
    if (!cloud.accessible()) {
      Span none = new Span(getTranslation("cloud.no-access"));
      none.addClassName("quiet");
      return none;
    }
    HealthCell health = new HealthCell(cloud.health());
    if (!cloud.enabled()) {
      health.add(new DisabledCloud());
    }
    return health;
  }

  private static Formats format() {
    return Reader.formats();
  }
}
