package io.isthmus.ui.price;

import com.vaadin.cdi.annotation.RouteScoped;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HtmlContainer;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.cloud.CloudDetails;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.CloudService;
import io.isthmus.domain.cloud.PriceItem;
import io.isthmus.domain.cloud.PriceList;
import io.isthmus.domain.usage.PriceBook;
import io.isthmus.domain.usage.PriceBooks;
import io.isthmus.ui.element.CloudChip;
import io.isthmus.ui.element.EmptyState;
import io.isthmus.ui.element.ItemWords;
import io.isthmus.ui.element.Moment;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.element.RowAction;
import io.isthmus.ui.list.ListColumn;
import io.isthmus.ui.list.ListPanel;
import io.isthmus.ui.list.ListSource;
import io.isthmus.ui.list.ListState;
import io.isthmus.ui.shell.FederationAdminsOnly;
import io.isthmus.ui.shell.MainLayout;
import io.isthmus.ui.shell.Page;
import io.isthmus.ui.widget.Hue;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What each cloud asks, and of what that is not known. */
@RouteScoped
@FederationAdminsOnly
@Route(value = PricesView.ADDRESS, layout = MainLayout.class)
public class PricesView extends Page implements BeforeEnterObserver {

  static final String ADDRESS = "prices";

  private static final long serialVersionUID = 1L;
  private static final String CLOUD = "cloud";
  private static final String LACKING = "lacking";

  private final transient Callers callers;
  private final transient PriceBooks books;
  private final transient CloudService clouds;
  private final transient ListPanel<Row> list;
  private transient List<Row> all = List.of();

  /** One cloud. */
  private record Row(
      CloudId cloud,
      Hue hue,
      Optional<PriceList> now,
      List<PriceItem> lacking,
      Optional<Instant> changedAt,
      Optional<String> changedBy) {

    private int count() {
      return now.map(list -> list.prices().size()).orElse(0);
    }
  }

  @Inject
  PricesView(Callers callers, PriceBooks books, CloudService clouds) {
    this.callers = callers;
    this.books = books;
    this.clouds = clouds;
    this.list =
        new ListPanel<>(
            getTranslation("prices.title"),
            Row::cloud,
            ListSource.of(
                () -> all,
                (asked, row) ->
                    row.cloud()
                        .text()
                        .toLowerCase(Locale.ROOT)
                        .contains(asked.text().toLowerCase(Locale.ROOT)),
                Map.of(
                    CLOUD,
                    Comparator.comparing(row -> row.cloud().text()),
                    LACKING,
                    Comparator.comparingInt(row -> row.lacking().size()))),
            () -> ADDRESS);
    setPageTitle(getTranslation("prices.title"));
    list.search(getTranslation("prices.filter"))
        .actions(
            RowAction.link(
                getTranslation("prices.open"),
                row -> getTranslation("prices.open-of", row.cloud().text()),
                row -> address(row.cloud())))
        .whenEmpty(
            () ->
                new EmptyState(
                    getTranslation("prices.no-cloud"),
                    getTranslation("prices.no-cloud-words"),
                    new Anchor("/clouds", getTranslation("overview.to-clouds"))));
    columns().forEach(list::column);
    setContent(list);
  }

  static String address(CloudId cloud) {
    return "/" + ADDRESS + "/" + cloud;
  }

  private List<ListColumn<Row>> columns() {
    return List.of(
        ListColumn.<Row>of(
                CLOUD,
                getTranslation("cloud.name"),
                row -> {
                  Anchor link = new Anchor(address(row.cloud()), "");
                  link.add(new CloudChip(row.cloud().text(), row.hue()));
                  return link;
                },
                row -> row.cloud().text())
            .sorts(),
        ListColumn.number(
            "now",
            getTranslation("prices.now"),
            row -> Reader.formats().number(row.count()),
            Row::count),
        ListColumn.text(
            "currency",
            getTranslation("price.currency"),
            row -> row.now().map(PriceList::currency).orElse("–")),
        ListColumn.<Row>of(
                LACKING,
                getTranslation("prices.lacking"),
                this::lacking,
                row ->
                    row.lacking().stream()
                        .map(PriceItem::toString)
                        .collect(Collectors.joining(", ")))
            .sorts(),
        ListColumn.of(
            "changed",
            getTranslation("tenant-quotas.changed"),
            this::changed,
            row -> row.changedAt().map(Instant::toString).orElse("")));
  }

  private Component lacking(Row row) {
    if (row.lacking().isEmpty()) {
      Span none = new Span(getTranslation("prices.lacking-none"));
      none.addClassName("quiet");
      return none;
    }
    HtmlContainer summary = new HtmlContainer("summary");
    summary.setText(getTranslation("prices.lacking-count", row.lacking().size()));
    HtmlContainer details = new HtmlContainer("details");
    Div names =
        new Div(
            row.lacking().stream()
                .map(item -> ItemWords.of(this, item))
                .collect(Collectors.joining(", ")));
    names.addClassNames("quiet", "small");
    details.add(summary, names);
    return details;
  }

  private Component changed(Row row) {
    if (row.changedAt().isEmpty()) {
      Span never = new Span(getTranslation("prices.never"));
      never.addClassName("quiet");
      return never;
    }
    Span by = new Span(row.changedBy().orElse(""));
    by.addClassName("quiet");
    return new Div(Moment.ago(row.changedAt().get()), new Span(" · "), by);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    Caller caller = callers.current();
    Instant now = Instant.now();
    Map<CloudId, PriceBook> known =
        books.list(caller).stream()
            .collect(Collectors.toMap(PriceBook::cloud, Function.identity()));
    all =
        clouds.listAll(caller).stream()
            .filter(details -> known.containsKey(details.cloud().id()))
            .map(details -> row(details, known.get(details.cloud().id()), now))
            .sorted(Comparator.comparing(row -> row.cloud().text()))
            .toList();
    long unknown = all.stream().filter(row -> !row.lacking().isEmpty()).count();
    setSentence(
        unknown == 0
            ? getTranslation("prices.sentence")
            : getTranslation("prices.sentence-lacking", unknown, all.size()));
    list.show(ListState.of(event.getLocation().getQueryParameters()));
  }

  private static Row row(CloudDetails details, PriceBook book, Instant now) {
    return new Row(
        details.cloud().id(),
        new Hue(details.cloud().hue()),
        book.at(now),
        Offered.by(details).lacking(book.at(now)),
        book.changedAt(),
        book.changedBy());
  }
}
