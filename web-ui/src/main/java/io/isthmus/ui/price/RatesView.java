package io.isthmus.ui.price;

import com.vaadin.cdi.annotation.RouteScoped;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.usage.ExchangeRate;
import io.isthmus.domain.usage.ExchangeRates;
import io.isthmus.ui.element.EmptyState;
import io.isthmus.ui.element.Entered;
import io.isthmus.ui.element.Formats;
import io.isthmus.ui.element.Glyph;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.element.RowAction;
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
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What currencies are worth, by day. */
@RouteScoped
@FederationAdminsOnly
@Route(value = RatesView.ADDRESS, layout = MainLayout.class)
public class RatesView extends Page implements BeforeEnterObserver {

  static final String ADDRESS = "exchange-rates";

  private static final long serialVersionUID = 1L;
  private static final String CURRENCY = "currency";
  private static final String SINCE = "since";
  private static final int MOST_DECIMALS = 12;

  private final transient Callers callers;
  private final transient ExchangeRates rates;
  private final transient UnsentForms forms;
  private final FilterSelect<String> currency =
      new FilterSelect<>(getTranslation("price.currency"), List.of(), each -> each);
  private final Div notice = new Div();
  private final transient ListPanel<ExchangeRate> list;
  private final transient Formats formats = Reader.formats();
  private transient Caller caller;
  private transient List<ExchangeRate> all = List.of();

  @Inject
  RatesView(Callers callers, ExchangeRates rates, UnsentForms forms) {
    this.callers = callers;
    this.rates = rates;
    this.forms = forms;
    this.list =
        new ListPanel<>(
            getTranslation("rates.title"),
            rate -> List.of(rate.currency(), rate.since()),
            ListSource.of(
                () -> all,
                (asked, rate) -> asked.value(CURRENCY).map(rate.currency()::equals).orElse(true),
                Map.of(
                    CURRENCY,
                    Comparator.comparing(ExchangeRate::currency),
                    SINCE,
                    Comparator.comparing(ExchangeRate::since))),
            () -> ADDRESS);
    setPageTitle(getTranslation("rates.title"));
    list.withoutCsv()
        .filter(CURRENCY, currency, currency::find)
        .actions(
            RowAction.<ExchangeRate>of(
                    Glyph.TRASH,
                    rate -> getTranslation("rates.remove-of", named(rate)),
                    this::askRemoval)
                .harmful())
        .whenEmpty(
            () ->
                new EmptyState(
                    getTranslation("rates.empty"),
                    getTranslation("rates.empty-words"),
                    add(),
                    upload()));
    list.column(
            ListColumn.<ExchangeRate>text(
                    CURRENCY, getTranslation("price.currency"), ExchangeRate::currency)
                .sorts())
        .column(
            ListColumn.<ExchangeRate>text(
                    SINCE, getTranslation("rates.since"), rate -> formats.day(rate.since()))
                .sorts())
        .column(
            ListColumn.number(
                "per_euro",
                getTranslation("rates.per-euro"),
                rate -> number(rate.perEuro()),
                ExchangeRate::perEuro));
    setContent(notice, list, new CsvHelp("rates.csv-help", "rates.csv-words", "rates.csv-example"));
  }

  private String number(BigDecimal rate) {
    NumberFormat format = NumberFormat.getInstance(getLocale());
    format.setMaximumFractionDigits(MOST_DECIMALS);
    return format.format(rate);
  }

  private String named(ExchangeRate rate) {
    return getTranslation("rates.of-day", rate.currency(), formats.day(rate.since()));
  }

  private Button add() {
    Button add =
        new Button(
            getTranslation("rates.add"),
            click ->
                new RateDialog(rates, caller, forms.of(caller, ADDRESS), this::refresh).open());
    add.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    return add;
  }

  private Button upload() {
    return new Button(
        getTranslation("price.upload"),
        click -> new RateUploadDialog(rates, caller, this::refresh).open());
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    caller = callers.current();
    Caller reader = caller;
    setActions(
        CsvLink.ofFile(
            getTranslation("price.download"), ADDRESS, () -> ExchangeRates.csv(rates.list(reader))),
        upload(),
        add());
    look();
    list.show(ListState.of(event.getLocation().getQueryParameters()));
  }

  private void look() {
    notice.removeAll();
    all = rates.list(caller);
    currency.offer(all.stream().map(ExchangeRate::currency).toList());
    setSentence(
        all.stream()
            .map(ExchangeRate::since)
            .max(Comparator.<LocalDate>naturalOrder())
            .map(
                newest ->
                    getTranslation(
                        "rates.sentence",
                        formats.day(newest),
                        all.stream().map(ExchangeRate::currency).distinct().count()))
            .orElseGet(() -> getTranslation("rates.sentence-none")));
  }

  private void refresh() {
    look();
    list.refresh();
  }

  private void askRemoval(ExchangeRate rate) {
    ConfirmDialog ask = new ConfirmDialog();
    ask.setHeader(getTranslation("rates.remove-of", named(rate)));
    ask.setText(getTranslation("rates.remove-words", Entered.written(rate.perEuro())));
    ask.setCancelable(true);
    ask.setCancelText(getTranslation("shell.cancel"));
    ask.setConfirmText(getTranslation("rates.remove"));
    ask.setConfirmButtonTheme("primary error");
    ask.addConfirmListener(confirm -> remove(rate));
    ask.open();
  }

  private void remove(ExchangeRate rate) {
    try {
      rates.remove(rate.currency(), rate.since(), caller);
      refresh();
    } catch (FederationFault fault) {
      refresh();
      notice.add(Notice.of(fault));
    }
  }
}
