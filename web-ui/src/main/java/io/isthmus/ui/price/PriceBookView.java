package io.isthmus.ui.price;

import com.vaadin.cdi.annotation.RouteScoped;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.CloudService;
import io.isthmus.domain.cloud.PriceItem;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.usage.Price;
import io.isthmus.domain.usage.PriceBook;
import io.isthmus.domain.usage.PriceBooks;
import io.isthmus.domain.usage.PriceCsv;
import io.isthmus.ui.element.EmptyState;
import io.isthmus.ui.element.Formats;
import io.isthmus.ui.element.Glyph;
import io.isthmus.ui.element.ItemWords;
import io.isthmus.ui.element.NaturalOrder;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.element.RowAction;
import io.isthmus.ui.element.StateBadge;
import io.isthmus.ui.list.CsvLink;
import io.isthmus.ui.list.FilterSelect;
import io.isthmus.ui.list.ListColumn;
import io.isthmus.ui.list.ListPanel;
import io.isthmus.ui.list.ListSource;
import io.isthmus.ui.list.ListState;
import io.isthmus.ui.shell.FederationAdminsOnly;
import io.isthmus.ui.shell.MainLayout;
import io.isthmus.ui.shell.Page;
import io.isthmus.ui.unsent.UnsentForms;
import io.isthmus.ui.widget.Mark;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What one cloud asks, has asked and will ask. */
@RouteScoped
@FederationAdminsOnly
@Route(value = PricesView.ADDRESS + "/:cloud", layout = MainLayout.class)
public class PriceBookView extends Page implements BeforeEnterObserver {

  private static final long serialVersionUID = 1L;
  private static final String STATE = "state";
  private static final String KIND = "item";
  private static final String NAME = "name";
  private static final String FROM = "valid_from";

  private final transient Callers callers;
  private final transient PriceBooks books;
  private final transient CloudService clouds;
  private final transient UnsentForms forms;
  private final Div notice = new Div();
  private final transient ListPanel<Price> list;
  private final transient Formats formats = Reader.formats();
  private transient Caller caller;
  private transient CloudId cloud;
  private transient PriceBook book;

  @Inject
  PriceBookView(Callers callers, PriceBooks books, CloudService clouds, UnsentForms forms) {
    this.callers = callers;
    this.books = books;
    this.clouds = clouds;
    this.forms = forms;
    this.list =
        new ListPanel<>(
            getTranslation("prices.title"),
            price -> List.of(price.item(), price.from()),
            ListSource.of(
                () -> book.prices(),
                this::isWanted,
                Map.of(
                    KIND, Comparator.comparing(Price::item),
                    NAME, Comparator.comparing(price -> price.item().name(), NaturalOrder.OF_NAMES),
                    FROM, Comparator.comparing(Price::from))),
            () -> PricesView.ADDRESS + "/" + cloud);
    setBreadcrumb(new Anchor("/" + PricesView.ADDRESS, getTranslation("prices.title")));
    list.withoutCsv()
        .search(getTranslation("price.filter"))
        .filter(
            STATE,
            new FilterSelect<>(
                getTranslation("price.state"),
                List.of(PriceState.values()),
                each -> getTranslation("price.state-" + each)),
            PriceState.class)
        .filter(
            KIND,
            new FilterSelect<>(
                getTranslation("price.item"),
                List.of(PriceItem.Kind.values()),
                each -> getTranslation("price-item." + each)),
            PriceItem.Kind.class)
        .actions(
            RowAction.<Price>of(
                getTranslation("price.change"),
                price -> getTranslation("price.change-of", dated(price)),
                price -> open(Optional.of(price))),
            RowAction.<Price>of(
                    Glyph.TRASH,
                    price -> getTranslation("price.remove-of", dated(price)),
                    this::askRemoval)
                .harmful())
        .whenEmpty(
            () ->
                new EmptyState(
                    getTranslation("price.empty"),
                    getTranslation("price.empty-words"),
                    add(),
                    upload()));
    columns().forEach(list::column);
    setContent(notice, list, new CsvHelp("price.csv-help", "price.csv-words", "price.csv-example"));
  }

  private Button add() {
    Button add = new Button(getTranslation("price.add"), click -> open(Optional.empty()));
    add.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    return add;
  }

  private String dated(Price price) {
    return getTranslation(
        "price.one-from", ItemWords.of(this, price.item()), formats.dateTime(price.from()));
  }

  private Button upload() {
    return new Button(
        getTranslation("price.upload"),
        click -> new PriceUploadDialog(books, caller, book, this::refresh).open());
  }

  private List<ListColumn<Price>> columns() {
    return List.of(
        ListColumn.<Price>text(
                KIND,
                getTranslation("price.item"),
                price -> getTranslation("price-item." + price.item().kind()))
            .sorts(),
        ListColumn.<Price>text(NAME, getTranslation("price.name"), this::name).sorts(),
        ListColumn.number(
            "price",
            getTranslation("price.price"),
            price ->
                formats.price(price.amount(), price.currency())
                    + " "
                    + ItemWords.unit(this, price.item().kind()),
            Price::amount),
        ListColumn.text("currency", getTranslation("price.currency"), Price::currency),
        ListColumn.<Price>text(
                FROM, getTranslation("price.from"), price -> formats.dateTime(price.from()))
            .sorts(),
        ListColumn.text(
            "valid_to",
            getTranslation("price.to"),
            price ->
                price
                    .to()
                    .map(formats::dateTime)
                    .orElseGet(() -> getTranslation("price.open-end"))),
        ListColumn.of(
            STATE,
            getTranslation("price.state"),
            price -> badge(PriceState.of(price, Instant.now())),
            price -> PriceState.of(price, Instant.now()).name()));
  }

  private StateBadge badge(PriceState state) {
    Mark mark =
        switch (state) {
          case NOW -> Mark.COMPLETE;
          case TO_COME -> Mark.PROGRESS;
          case PAST -> Mark.UNKNOWN;
        };
    return new StateBadge(mark, getTranslation("price.state-" + state));
  }

  private String name(Price price) {
    if (!price.item().name().isEmpty()) {
      return price.item().name();
    }
    return price.item().kind().isNamed() ? getTranslation("price.any-type") : "–";
  }

  private boolean isWanted(ListState asked, Price price) {
    return asked
            .value(STATE, PriceState.class)
            .map(state -> state == PriceState.of(price, Instant.now()))
            .orElse(true)
        && asked.value(KIND, PriceItem.Kind.class).map(price.item().kind()::equals).orElse(true)
        && price
            .item()
            .name()
            .toLowerCase(Locale.ROOT)
            .contains(asked.text().toLowerCase(Locale.ROOT));
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    caller = callers.current();
    cloud = parse(event.getRouteParameters().get("cloud").orElse(""));
    look();
    setPageTitle(getTranslation("price.title", cloud.text()));
    CloudId shown = cloud;
    Caller reader = caller;
    setActions(
        CsvLink.ofFile(
            getTranslation("price.download"),
            "prices-" + shown,
            () -> PriceCsv.write(books.find(shown, reader).prices())),
        upload(),
        add());
    list.show(ListState.of(event.getLocation().getQueryParameters()));
  }

  /** What cannot be an id is told like an id that does not exist. */
  private static CloudId parse(String text) {
    try {
      return new CloudId(text);
    } catch (IllegalArgumentException e) {
      throw FederationFault.notFound("cloud", text);
    }
  }

  private void look() {
    book = books.find(cloud, caller);
    notice.removeAll();
    Instant now = Instant.now();
    long holding =
        book.prices().stream().filter(price -> PriceState.of(price, now) == PriceState.NOW).count();
    List<PriceItem> lacking = offered().lacking(book.at(now));
    String changed =
        book.changedAt()
            .map(
                at ->
                    " "
                        + getTranslation(
                            "price.changed", formats.dateTime(at), book.changedBy().orElse("")))
            .orElse("");
    setSentence(getTranslation("price.sentence", holding, lacking.size()) + changed);
  }

  private Offered offered() {
    return Offered.by(clouds.details(caller, cloud));
  }

  private void refresh() {
    look();
    list.refresh();
  }

  private void open(Optional<Price> price) {
    new PriceDialog(
            books,
            caller,
            book,
            price,
            offered(),
            forms.of(
                caller,
                PricesView.ADDRESS
                    + "/"
                    + cloud
                    + price.map(one -> "/" + one.item() + "/" + one.from()).orElse("")),
            this::refresh)
        .open();
  }

  private void askRemoval(Price price) {
    ConfirmDialog ask = new ConfirmDialog();
    ask.setHeader(getTranslation("price.remove-of", ItemWords.of(this, price.item())));
    ask.setText(
        getTranslation(
            price.from().isAfter(Instant.now()) ? "price.remove-coming" : "price.remove-words",
            formats.price(price.amount(), price.currency()),
            formats.dateTime(price.from())));
    ask.setCancelable(true);
    ask.setCancelText(getTranslation("shell.cancel"));
    ask.setConfirmText(getTranslation("price.remove"));
    ask.setConfirmButtonTheme("primary error");
    ask.addConfirmListener(confirm -> remove(price));
    ask.open();
  }

  private void remove(Price price) {
    try {
      books.set(
          cloud,
          book.prices().stream().filter(one -> !one.equals(price)).toList(),
          book.version(),
          caller);
      refresh();
    } catch (FederationFault fault) {
      refresh();
      notice.add(Notice.of(fault));
      notice.scrollIntoView();
    }
  }
}
