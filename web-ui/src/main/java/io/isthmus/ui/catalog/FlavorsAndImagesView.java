package io.isthmus.ui.catalog;

import com.vaadin.cdi.annotation.RouteScoped;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.cloud.CatalogEntry.OtherName;
import io.isthmus.domain.cloud.CatalogService;
import io.isthmus.domain.cloud.CloudService;
import io.isthmus.domain.cloud.CloudView;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.placement.SubstituteService;
import io.isthmus.ui.catalog.NamedThing.Kind;
import io.isthmus.ui.element.Clouds;
import io.isthmus.ui.element.EmptyState;
import io.isthmus.ui.element.NaturalOrder;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.list.CloudFilter;
import io.isthmus.ui.list.FilterSelect;
import io.isthmus.ui.list.ListColumn;
import io.isthmus.ui.list.ListPanel;
import io.isthmus.ui.list.ListSource;
import io.isthmus.ui.list.ListState;
import io.isthmus.ui.shell.CurrentProject;
import io.isthmus.ui.shell.LiveUpdates;
import io.isthmus.ui.shell.MainLayout;
import io.isthmus.ui.shell.ProjectPage;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The flavors and images that templates of the project may name, in all its clouds. */
@RouteScoped
@Route(value = FlavorsAndImagesView.ADDRESS, layout = MainLayout.class)
public class FlavorsAndImagesView extends ProjectPage {

  static final String ADDRESS = "flavors-and-images";

  private static final long serialVersionUID = 1L;

  private static final String KIND = "kind";
  private static final String CLOUD = "cloud";

  private final transient CatalogService catalog;
  private final transient SubstituteService substitution;
  private final transient CloudService clouds;
  private final transient ListPanel<NamedThing> list;
  private final CloudFilter cloud = new CloudFilter(getTranslation("catalog.cloud"));
  private transient Clouds drawn = new Clouds(List.of());

  @Inject
  FlavorsAndImagesView(
      Callers callers,
      CurrentProject current,
      CatalogService catalog,
      SubstituteService substitution,
      CloudService clouds,
      LiveUpdates live) {
    super(callers, current);
    this.catalog = catalog;
    this.substitution = substitution;
    this.clouds = clouds;
    this.list =
        new ListPanel<>(
            getTranslation("catalog.title"),
            row -> row.kind() + "/" + row.name(),
            ListSource.of(this::rows, this::isWanted, orders()),
            () -> ADDRESS);
    follow(live, list::refresh);
    setPageTitle(getTranslation("catalog.title"));
    lay();
  }

  private void lay() {
    FilterSelect<Kind> kind =
        new FilterSelect<>(
            getTranslation("catalog.kind"),
            List.of(Kind.values()),
            each -> getTranslation("catalog." + each));
    list.search(getTranslation("catalog.search"))
        .filter(KIND, kind, Kind.class)
        .filter(CLOUD, cloud, cloud::find)
        .whenEmpty(
            () ->
                new EmptyState(
                    getTranslation("catalog.none"), getTranslation("catalog.none-words")));
    columns().forEach(list::column);
    setContent(list);
  }

  private List<ListColumn<NamedThing>> columns() {
    return List.of(
        ListColumn.<NamedThing>of(
                "name",
                getTranslation("catalog.name"),
                FlavorsAndImagesView::name,
                NamedThing::name)
            .sorts(),
        ListColumn.<NamedThing>of(
                KIND,
                getTranslation("catalog.kind"),
                row -> new Span(getTranslation("catalog." + row.kind())),
                row -> row.kind().name())
            .sorts(),
        ListColumn.<NamedThing>of(
                "what",
                getTranslation("catalog.what"),
                row -> new Span(row.what()),
                NamedThing::bare)
            .sorts(),
        ListColumn.<NamedThing>of(
                "clouds",
                getTranslation("catalog.clouds"),
                row -> drawn.chips(row.places()),
                row -> row.places().stream().map(Place::toString).collect(Collectors.joining(" ")))
            .sorts(),
        ListColumn.<NamedThing>text(
                "taken_elsewhere",
                getTranslation("catalog.taken-elsewhere"),
                NamedThing::takenElsewhere)
            .sorts());
  }

  /** As it is written in a template. */
  private static Span name(NamedThing row) {
    Span name = new Span(row.name());
    name.addClassName("mono");
    return name;
  }

  private static Map<String, Comparator<NamedThing>> orders() {
    return Map.of(
        "name",
        Comparator.comparing(NamedThing::name, NaturalOrder.OF_NAMES),
        KIND,
        Comparator.comparing(NamedThing::kind),
        "what",
        NamedThing.BY_WHAT,
        "clouds",
        Comparator.comparing(row -> row.clouds().size()),
        "taken_elsewhere",
        Comparator.comparing(NamedThing::takenElsewhere));
  }

  private List<NamedThing> rows() {
    return NamedThing.all(
        catalog.names(caller(), project()),
        substitution.substitutes(caller(), project()),
        new CatalogWords(this::getTranslation, Reader.formats()));
  }

  private boolean isWanted(ListState asked, NamedThing row) {
    String part = asked.text().toLowerCase(Locale.ROOT);
    return asked.value(KIND, Kind.class).map(row.kind()::equals).orElse(true)
        && asked.value(CLOUD).map(cloud::find).map(row::isIn).orElse(true)
        && Stream.concat(
                Stream.of(row.name(), row.what(), row.takenElsewhere()),
                row.otherNames().stream().map(OtherName::name))
            .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(part));
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    List<CloudView> own =
        clouds.list(caller(), project()).stream().filter(CloudView::accessible).toList();
    drawn = new Clouds(own);
    cloud.offer(own.stream().map(CloudView::id).toList());
    setSentence(getTranslation("catalog.sentence", project().toString()));
    list.show(ListState.of(event.getLocation().getQueryParameters()));
  }
}
