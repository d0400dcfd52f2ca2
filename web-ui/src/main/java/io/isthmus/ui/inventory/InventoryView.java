package io.isthmus.ui.inventory;

import com.vaadin.cdi.annotation.RouteScoped;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.CloudService;
import io.isthmus.domain.cloud.CloudView;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.mirror.Mirror;
import io.isthmus.domain.mirror.MirrorAge;
import io.isthmus.domain.mirror.MirrorKind;
import io.isthmus.domain.mirror.MirrorOrder;
import io.isthmus.domain.mirror.MirrorPage;
import io.isthmus.domain.mirror.MirrorQuery;
import io.isthmus.domain.mirror.MirroredItem;
import io.isthmus.domain.network.Cidr;
import io.isthmus.ui.element.Clouds;
import io.isthmus.ui.element.EmptyState;
import io.isthmus.ui.element.PageTabs;
import io.isthmus.ui.list.CloudFilter;
import io.isthmus.ui.list.FilterField;
import io.isthmus.ui.list.FilterSelect;
import io.isthmus.ui.list.ListPanel;
import io.isthmus.ui.list.ListState;
import io.isthmus.ui.shell.CurrentProject;
import io.isthmus.ui.shell.LiveUpdates;
import io.isthmus.ui.shell.MainLayout;
import io.isthmus.ui.shell.ProjectPage;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the project has in its clouds, whether a stack has made it or not, kind by kind. */
@RouteScoped
@Route(value = "inventory/:kind?", layout = MainLayout.class)
public class InventoryView extends ProjectPage {

  static final String ADDRESS = "inventory";

  private static final long serialVersionUID = 1L;

  private static final String CLOUD = "cloud";
  private static final String REGION = "region";
  private static final String STATUS = "status";
  private static final String STACK = "stack";

  private static final List<String> SERVER_STATUSES =
      List.of("ACTIVE", "BUILD", "ERROR", "PAUSED", "SHELVED_OFFLOADED", "SHUTOFF", "SUSPENDED");
  private static final List<String> VOLUME_STATUSES =
      List.of("available", "creating", "deleting", "error", "in-use", "reserved");
  private static final List<String> NETWORK_STATUSES = List.of("ACTIVE", "BUILD", "DOWN", "ERROR");

  /** Whether a stack has made it. */
  enum Whose {
    OURS,
    OTHERS
  }

  private final transient CloudService cloudService;
  private final transient Mirror mirror;

  private final PageTabs<MirrorKind> tabs =
      new PageTabs<>(
          MirrorKind.class,
          word -> getTranslation("inventory.kind." + word),
          kind -> getUI().ifPresent(ui -> ui.navigate(address(kind), kept().query())));
  private final Ages ages = new Ages();
  private final Div body = new Div();

  private transient MirrorKind kind;
  private transient Optional<ListPanel<MirroredItem>> list = Optional.empty();
  private transient CloudFilter cloud;
  private transient FilterField region;
  private transient ListState asked = new ListState(Map.of());
  private transient Clouds clouds = new Clouds(List.of());
  private transient List<MirrorAge> listed = List.of();

  @Inject
  InventoryView(
      Callers callers,
      CurrentProject current,
      CloudService clouds,
      Mirror mirror,
      LiveUpdates live) {
    super(callers, current);
    this.cloudService = clouds;
    this.mirror = mirror;
    follow(live, this::refresh);
    setPageTitle(getTranslation("inventory.title"));
    setSentence(getTranslation("inventory.sentence"));
    setContent(tabs, ages, body);
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    MirrorKind wanted =
        event
            .getRouteParameters()
            .get("kind")
            .map(
                word ->
                    PageTabs.find(MirrorKind.class, word)
                        .orElseThrow(() -> FederationFault.notFound("page", word)))
            .orElse(MirrorKind.SERVER);
    List<CloudView> known = cloudService.list(caller(), project());
    clouds = new Clouds(known);
    if (wanted != kind || list.isEmpty()) {
      kind = wanted;
      ListPanel<MirroredItem> made = panel();
      list = Optional.of(made);
      body.removeAll();
      body.add(made);
    }
    tabs.select(kind);
    List<MirrorAge> now = ages();
    cloud.offer(known.stream().map(CloudView::id).toList());
    region.offer(now.stream().map(MirrorAge::region).distinct().sorted().toList());
    asked = ListState.of(event.getLocation().getQueryParameters());
    ages.show(now);
    listed = withoutReadings(now);
    list.orElseThrow().show(asked);
  }

  private ListPanel<MirroredItem> panel() {
    MirrorKind shown = kind;
    cloud = new CloudFilter(getTranslation("inventory.cloud"));
    region = new FilterField(getTranslation("inventory.region"));
    ListPanel<MirroredItem> panel =
        new ListPanel<>(
            getTranslation("inventory.kind." + shown.text()),
            item -> item.cloud() + "/" + item.region() + "/" + item.item().id(),
            new InventoryRows(
                state -> query(shown, state),
                this::page,
                query -> mirror.count(project(), query, caller())),
            () -> address(shown));
    panel
        .search(getTranslation("inventory.search"))
        .filter(CLOUD, cloud, cloud::find)
        .filter(REGION, region, region::find);
    if (shown != MirrorKind.SECURITY_GROUP) {
      FilterField status = new FilterField(getTranslation("inventory.status"));
      status.offer(statuses(shown));
      panel.filter(STATUS, status, status::find);
    }
    panel
        .filter(
            STACK,
            new FilterSelect<>(
                getTranslation("inventory.origin"),
                List.of(Whose.values()),
                whose ->
                    getTranslation("inventory.origin." + whose.name().toLowerCase(Locale.ROOT))),
            Whose.class)
        .whenEmpty(this::teacher);
    new InventoryColumns(() -> clouds, key -> getTranslation(key)).of(shown).forEach(panel::column);
    return panel;
  }

  private static List<String> statuses(MirrorKind kind) {
    return switch (kind) {
      case SERVER -> SERVER_STATUSES;
      case VOLUME -> VOLUME_STATUSES;
      default -> NETWORK_STATUSES;
    };
  }

  private MirrorPage page(MirrorQuery query, Optional<String> cursor, int limit) {
    return mirror.page(project(), query, cursor, limit, caller());
  }

  /** What looks like an address is sought as one, everything else in names. */
  private static MirrorQuery query(MirrorKind kind, ListState asked) {
    Optional<String> text =
        Optional.of(asked.text())
            .filter(part -> !part.isEmpty())
            .map(part -> part.substring(0, Math.min(part.length(), 200)));
    boolean isAddress = text.filter(InventoryView::isAddress).isPresent();
    return new MirrorQuery(
        kind,
        asked.value(CLOUD).flatMap(InventoryView::cloudId),
        asked.value(REGION),
        asked.value(STATUS),
        text.filter(part -> !isAddress),
        text.filter(part -> isAddress),
        asked.value(STACK, Whose.class).map(whose -> whose == Whose.OURS),
        asked.sort().flatMap(InventoryView::order).orElse(MirrorOrder.NAME));
  }

  private static boolean isAddress(String text) {
    return Cidr.parse(text).isPresent()
        || text.matches("[0-9]{1,3}\\.[0-9.]{0,12}|[0-9a-fA-F]{1,4}:[0-9a-fA-F:]{0,35}");
  }

  /** What cannot be a cloud filters nothing. */
  private static Optional<CloudId> cloudId(String text) {
    try {
      return Optional.of(new CloudId(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<MirrorOrder> order(ListState.Sort sort) {
    try {
      return Optional.of(MirrorOrder.parse(sort.column() + (sort.descending() ? ":desc" : ":asc")));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Rows are asked for again only when some have changed: to count them takes long. */
  private void refresh() {
    List<MirrorAge> now = ages();
    ages.show(now);
    if (!withoutReadings(now).equals(listed)) {
      listed = withoutReadings(now);
      list.ifPresent(ListPanel::refresh);
    }
  }

  /** What is the same after a reading that has changed nothing. */
  private static List<MirrorAge> withoutReadings(List<MirrorAge> ages) {
    return ages.stream()
        .map(
            age ->
                new MirrorAge(
                    age.cloud(),
                    age.region(),
                    age.kind(),
                    age.kept(),
                    age.count(),
                    Optional.empty(),
                    Optional.empty(),
                    age.changedAt(),
                    age.problem(),
                    age.strays()))
        .toList();
  }

  private List<MirrorAge> ages() {
    return mirror.ages(project(), caller()).stream().filter(age -> age.kind() == kind).toList();
  }

  private static String address(MirrorKind kind) {
    return ADDRESS + "/" + PageTabs.word(kind);
  }

  /** Where one looks goes along to another tab, what it is called or how it is does not. */
  private ListState kept() {
    return new ListState(Map.of())
        .with(CLOUD, asked.value(CLOUD).orElse(""))
        .with(REGION, asked.value(REGION).orElse(""));
  }

  private Component teacher() {
    return new EmptyState(
        getTranslation("inventory.empty"),
        getTranslation("inventory.empty-words"),
        new Anchor("/stacks/new", getTranslation("stacks.new")));
  }
}
