package io.isthmus.ui.stack;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.stack.PartView;
import io.isthmus.domain.stack.StackHealth;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.domain.stack.Urgency;
import io.isthmus.ui.element.Clouds;
import io.isthmus.ui.element.Copyable;
import io.isthmus.ui.element.Moment;
import io.isthmus.ui.element.NaturalOrder;
import io.isthmus.ui.element.StateBadge;
import io.isthmus.ui.list.CloudFilter;
import io.isthmus.ui.list.FilterSelect;
import io.isthmus.ui.list.ListColumn;
import io.isthmus.ui.list.ListPanel;
import io.isthmus.ui.list.ListSource;
import io.isthmus.ui.list.ListState;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The physical resources, by cloud, with the chosen one's details beside. */
class ResourcesTab extends StackTab {

  /** The parameter of the address that names the chosen one. */
  static final String CHOSEN = "resource";

  /** The parameter that names the only cloud to show. */
  static final String CLOUD = "cloud";

  private static final long serialVersionUID = 1L;

  private static final String STATUS = "status";
  private static final String HEALTH = "health";
  private static final String TYPE = "type";
  private static final List<StackStatus> STATUSES =
      List.of(
          StackStatus.INIT,
          StackStatus.CREATING,
          StackStatus.CREATED,
          StackStatus.CREATE_FAILED,
          StackStatus.ADOPTING,
          StackStatus.ADOPTED,
          StackStatus.ADOPT_FAILED,
          StackStatus.UPDATING,
          StackStatus.UPDATED,
          StackStatus.UPDATE_FAILED,
          StackStatus.SUSPENDING,
          StackStatus.SUSPENDED,
          StackStatus.SUSPEND_FAILED,
          StackStatus.RESUMING,
          StackStatus.RESUMED,
          StackStatus.RESUME_FAILED,
          StackStatus.DELETING,
          StackStatus.DELETE_FAILED,
          StackStatus.DELETED);

  private final StackId stack;
  private final transient Consumer<ListState> go;
  private final transient ListPanel<PartView> list;
  private final PartDetails details;
  private final Div split = new Div();
  private final CloudFilter cloud = new CloudFilter(getTranslation("cloud.name"));
  private final FilterSelect<String> type =
      new FilterSelect<>(getTranslation("part.type"), List.of(), name -> name);
  private transient Clouds clouds = new Clouds(List.of());
  private transient ListState asked;
  private boolean shown;

  /**
   * @param asked what the address says
   * @param go is told what the address should say
   * @param source tells more of the chosen one
   */
  ResourcesTab(StackId stack, ListState asked, Consumer<ListState> go, PartSource source) {
    this.stack = stack;
    this.asked = asked;
    this.go = go;
    details = new PartDetails(stack, () -> choose(""), source);
    list =
        new ListPanel<>(
            getTranslation("tab.resources"),
            PartView::id,
            ListSource.of(() -> ordered(source.all()), this::isWanted, orders()),
            () -> "stacks/" + stack + "/resources");
    list.search(getTranslation("part.filter"))
        .filter(
            STATUS,
            new FilterSelect<>(getTranslation("stack.status"), STATUSES, StackStatus::toString),
            ResourcesTab::status)
        .filter(
            HEALTH,
            new FilterSelect<>(
                getTranslation("stack.health"),
                List.of(StackHealth.State.values()),
                state -> getTranslation("health." + state)),
            StackHealth.State.class)
        .filter(TYPE, type, type::find)
        .filter(CLOUD, cloud, cloud::find)
        .whenEmpty(() -> NoParts.of(this, stack));
    columns().forEach(list::column);
    split.addClassName("with-details");
    split.add(list);
    add(split);
  }

  private List<ListColumn<PartView>> columns() {
    return List.of(
        ListColumn.<PartView>of(
                "name", getTranslation("part.resource"), this::name, part -> part.id().resource())
            .sorts(),
        ListColumn.<PartView>of(
                "where",
                getTranslation("part.where"),
                part -> clouds.place(place(part)),
                part -> place(part).toString())
            .sorts(),
        ListColumn.<PartView>text(TYPE, getTranslation("part.type"), PartView::type)
            .sorts()
            .whenChosen(),
        ListColumn.<PartView>text(
                "addresses",
                getTranslation("part.addresses"),
                part -> String.join(" ", part.addresses()))
            .sorts()
            .whenChosen(),
        ListColumn.<PartView>of(
                "physical_id",
                getTranslation("part.physical-id"),
                ResourcesTab::physicalId,
                part -> part.physicalId().orElse(""))
            .sorts(),
        ListColumn.<PartView>of(
                "cloud_status",
                getTranslation("part.cloud-status"),
                ResourcesTab::cloudStatus,
                part -> part.cloudStatus().orElse(""))
            .sorts(),
        ListColumn.<PartView>of(
                "updated_at",
                getTranslation("part.updated"),
                part -> Moment.compact(part.updatedAt()),
                part -> part.updatedAt().toString())
            .sorts()
            .whenChosen(),
        ListColumn.<PartView>of(
                STATUS,
                getTranslation("stack.status"),
                this::statusCell,
                part -> part.status().toString())
            .sorts());
  }

  /** What needs somebody first, then by place. */
  static List<PartView> ordered(List<PartView> parts) {
    return parts.stream()
        .sorted(
            Comparator.<PartView, Urgency>comparing(
                    part -> Urgency.of(part.status(), part.health().state()))
                .thenComparing(ResourcesTab::place))
        .toList();
  }

  private static Map<String, Comparator<PartView>> orders() {
    return Map.of(
        "name",
        Comparator.comparing(part -> part.id().resource(), NaturalOrder.OF_NAMES),
        "where",
        Comparator.comparing(ResourcesTab::place),
        TYPE,
        Comparator.comparing(PartView::type),
        "addresses",
        Comparator.comparing(part -> String.join(" ", part.addresses()), NaturalOrder.OF_NAMES),
        "physical_id",
        Comparator.comparing(part -> part.physicalId().orElse("")),
        "cloud_status",
        Comparator.comparing(part -> part.cloudStatus().orElse("")),
        "updated_at",
        Comparator.comparing(PartView::updatedAt),
        STATUS,
        Comparator.comparing(part -> part.status().toString()));
  }

  private boolean isWanted(ListState asked, PartView part) {
    String text = asked.text().toLowerCase(Locale.ROOT);
    boolean byStatus =
        asked.value(STATUS).map(ResourcesTab::status).map(part.status()::equals).orElse(true);
    boolean byCloud =
        asked.value(CLOUD).map(cloud::find).map(part.id().cloud()::equals).orElse(true);
    boolean byHealth =
        asked
            .value(HEALTH, StackHealth.State.class)
            .map(part.health().state()::equals)
            .orElse(true);
    boolean byType = asked.value(TYPE).map(type::find).map(part.type()::equals).orElse(true);
    return byStatus
        && byHealth
        && byType
        && byCloud
        && Stream.concat(
                Stream.of(
                    part.id().resource(),
                    part.type(),
                    place(part).toString(),
                    part.physicalId().orElse("")),
                part.addresses().stream())
            .anyMatch(word -> word.toLowerCase(Locale.ROOT).contains(text));
  }

  /** A word that is none filters nothing. */
  private static StackStatus status(String text) {
    return STATUSES.stream().filter(each -> each.toString().equals(text)).findFirst().orElse(null);
  }

  @Override
  void ask(ListState now) {
    asked = now;
    shown = false;
  }

  @Override
  void show(StackState state) {
    clouds = new Clouds(state.clouds());
    cloud.offer(state.parts().stream().map(part -> part.id().cloud()).toList());
    type.offer(state.parts().stream().map(PartView::type).toList());
    if (shown) {
      list.refresh();
    } else {
      shown = true;
      list.show(asked);
    }
    Optional<PartView> part = asked.value(CHOSEN).flatMap(id -> PartNames.find(id, state.parts()));
    if (part.isPresent()) {
      details.show(part.get(), state.parts(), clouds);
      split.add(details);
    } else {
      details.removeFromParent();
    }
    split.setClassName("open", part.isPresent());
  }

  private void choose(String part) {
    go.accept(asked.beside(CHOSEN, part));
  }

  private static Place place(PartView part) {
    return part.availabilityZone()
        .map(zone -> Place.inZone(part.id().cloud(), part.id().region(), zone))
        .orElseGet(() -> part.id().place());
  }

  /** Of this list with the part's details beside. */
  private String address(PartView part) {
    return "/stacks/"
        + stack
        + "/resources?"
        + asked.beside(CHOSEN, part.id().toString()).query().getQueryString();
  }

  private Component name(PartView part) {
    Anchor name = new Anchor(address(part), part.id().resource());
    Div type = new Div(part.type());
    type.addClassNames("quiet", "small");
    return new Div(name, type);
  }

  private static Component physicalId(PartView part) {
    return part.physicalId().<Component>map(Copyable::shortened).orElseGet(() -> new Span("–"));
  }

  private static Component cloudStatus(PartView part) {
    Span word = new Span(part.cloudStatus().filter(said -> !said.isBlank()).orElse("–"));
    word.addClassNames("mono", "small");
    return word;
  }

  private Component statusCell(PartView part) {
    Div cell = new Div(StateBadge.of(part.status()));
    boolean told =
        part.health().state() != StackHealth.State.UNKNOWN
            && part.health().state() != StackHealth.State.HEALTHY;
    if (told) {
      cell.add(new Div(StateBadge.of(part.health())));
    }
    if (part.health().state() == StackHealth.State.UNREACHABLE) {
      clouds
          .lastAnswer(part.id().cloud())
          .ifPresent(
              at -> {
                Div seen =
                    new Div(new Text(getTranslation("part.last-answer") + " "), Moment.ago(at));
                seen.addClassNames("small", "last-seen");
                cell.add(seen);
              });
    }
    return cell;
  }
}
