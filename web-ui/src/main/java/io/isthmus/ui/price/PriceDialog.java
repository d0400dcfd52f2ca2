package io.isthmus.ui.price;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.cloud.PriceItem;
import io.isthmus.domain.cloud.PriceList;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.usage.Price;
import io.isthmus.domain.usage.PriceBook;
import io.isthmus.domain.usage.PriceBooks;
import io.isthmus.ui.element.CurrencyField;
import io.isthmus.ui.element.DayField;
import io.isthmus.ui.element.Enter;
import io.isthmus.ui.element.Entered;
import io.isthmus.ui.element.FormDialog;
import io.isthmus.ui.element.Formats;
import io.isthmus.ui.element.ItemWords;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.unsent.UnsentForm;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Adds a price to a cloud's book, or changes one. */
class PriceDialog extends FormDialog {

  private static final long serialVersionUID = 1L;
  private static final String KIND = "kind";
  private static final String NAME = "name";
  private static final String PRICE = "price";
  private static final String CURRENCY = "currency";
  private static final String FROM = "from";
  private static final String TO = "to";

  private final transient PriceBooks books;
  private final transient Caller caller;
  private final transient Optional<Price> changed;
  private final transient UnsentForm unsent;
  private final transient Runnable saved;
  private final transient Formats formats = Reader.formats();
  private final Select<PriceItem.Kind> kind = new Select<>();
  private final ComboBox<String> name = new ComboBox<>();
  private final TextField amount = new TextField();
  private final Span unit = new Span();
  private final ComboBox<String> currency;
  private final DayField from =
      new DayField(getTranslation("price.from-day"), getTranslation("price.from-help"));
  private final DayField to;
  private final Paragraph follows = new Paragraph();
  private final Div refusal = new Div();
  private final transient Map<String, String> shown;

  /** As read last; a conflict reads it again, and what is typed stays. */
  private transient PriceBook book;

  /**
   * @param price the one to change; empty for a new one
   * @param offered names to choose from
   * @param unsent what was typed here before
   * @param saved is called when it was
   */
  PriceDialog(
      PriceBooks books,
      Caller caller,
      PriceBook book,
      Optional<Price> price,
      Offered offered,
      UnsentForm unsent,
      Runnable saved) {
    this.books = books;
    this.caller = caller;
    this.book = book;
    this.changed = price;
    this.unsent = unsent;
    this.saved = saved;
    this.to =
        new DayField(
            getTranslation("price.to-day"),
            getTranslation(price.isPresent() ? "price.to-help" : "price.to-help-new"));
    setHeaderTitle(
        price
            .map(one -> getTranslation("price.change-of", ItemWords.of(this, one.item())))
            .orElseGet(() -> getTranslation("price.add-to", book.cloud().text())));
    kind.setLabel(getTranslation("price.item"));
    kind.setItems(PriceItem.Kind.values());
    kind.setItemLabelGenerator(
        each -> getTranslation("price-item." + each) + ", " + ItemWords.unit(this, each));
    kind.setWidthFull();
    kind.setReadOnly(price.isPresent());
    name.setWidthFull();
    name.setAllowCustomValue(true);
    name.setReadOnly(price.isPresent());
    name.addCustomValueSetListener(typed -> name.setValue(typed.getDetail().strip()));
    kind.addValueChangeListener(change -> choose(change.getValue(), offered));
    amount.setLabel(getTranslation("price.price"));
    amount.setRequired(true);
    amount.setWidthFull();
    amount.setSuffixComponent(unit);
    amount.setValueChangeMode(ValueChangeMode.EAGER);
    amount.addBlurListener(blur -> checkAmount());
    Enter.in(amount, this::save);
    List<String> used = book.prices().stream().map(Price::currency).distinct().sorted().toList();
    currency = new CurrencyField(getTranslation("price.currency"), used);
    follows.addClassNames("quiet", "small");
    follows.getElement().setAttribute("role", "status");
    Div days = new Div(from, to);
    days.addClassName("even");
    Div body = new Div(kind, name, amount, currency, days, follows, refusal);
    body.addClassName("stack");
    fill(
        Map.of(
            KIND,
            price.map(one -> one.item().kind()).orElse(PriceItem.Kind.FLAVOR_HOUR).name(),
            NAME,
            price.map(one -> one.item().name()).orElse(""),
            PRICE,
            price.map(one -> Entered.written(one.amount())).orElse(""),
            CURRENCY,
            price
                .map(Price::currency)
                .or(() -> book.at(Instant.now()).map(PriceList::currency))
                .or(() -> used.stream().findFirst())
                .orElse("EUR"),
            FROM,
            price.map(one -> day(one.from()).toString()).orElse(""),
            TO,
            price.flatMap(Price::to).map(end -> day(end).toString()).orElse("")));
    shown = typed();
    unsent
        .find()
        .ifPresent(
            kept -> {
              fill(kept);
              body.addComponentAsFirst(unsent.resumed(this, () -> fill(shown)));
              changed();
            });
    name.addValueChangeListener(change -> changed());
    currency.addValueChangeListener(change -> changed());
    amount.addValueChangeListener(
        change -> {
          amount.setInvalid(false);
          changed();
        });
    from.onChange(this::changed);
    to.onChange(this::changed);
    tellWhatFollows();
    add(body);
    Button save =
        new Button(getTranslation(price.isPresent() ? "price.save" : "price.add"), click -> save());
    save.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    getFooter().add(new Button(getTranslation("shell.cancel"), click -> cancel()), save);
    setWidth("560px");
    setMaxWidth("100%");
  }

  private static LocalDate day(Instant moment) {
    return moment.atZone(ZoneOffset.UTC).toLocalDate();
  }

  private void choose(PriceItem.Kind chosen, Offered offered) {
    name.setVisible(chosen.isNamed());
    name.setRequired(chosen.needsName());
    name.setLabel(
        getTranslation(
            chosen == PriceItem.Kind.FLAVOR_HOUR ? "price.flavor" : "price.volume-type"));
    name.setHelperText(getTranslation(chosen.needsName() ? "price.name-help" : "price.type-help"));
    name.setItems(offered.of(chosen));
    name.setInvalid(false);
    unit.setText(ItemWords.unit(this, chosen));
    changed();
  }

  private void fill(Map<String, String> values) {
    kind.setValue(kind(values.getOrDefault(KIND, "")));
    String typedName = values.getOrDefault(NAME, "");
    if (typedName.isEmpty()) {
      name.clear();
    } else {
      name.setValue(typedName);
    }
    amount.setValue(values.getOrDefault(PRICE, ""));
    String code = values.getOrDefault(CURRENCY, "");
    if (code.isEmpty()) {
      currency.clear();
    } else {
      currency.setValue(code);
    }
    from.setDay(parse(values.getOrDefault(FROM, "")));
    to.setDay(parse(values.getOrDefault(TO, "")));
  }

  private static PriceItem.Kind kind(String text) {
    for (PriceItem.Kind each : PriceItem.Kind.values()) {
      if (each.name().equals(text)) {
        return each;
      }
    }
    return PriceItem.Kind.FLAVOR_HOUR;
  }

  private static Optional<LocalDate> parse(String day) {
    try {
      return day.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(day));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private Map<String, String> typed() {
    return Map.of(
        KIND,
        kind.getValue().name(),
        NAME,
        name.getOptionalValue().orElse(""),
        PRICE,
        amount.getValue(),
        CURRENCY,
        currency.getOptionalValue().orElse(""),
        FROM,
        from.day().map(LocalDate::toString).orElse(""),
        TO,
        to.day().map(LocalDate::toString).orElse(""));
  }

  @Override
  protected boolean isTyped() {
    return shown != null && !typed().equals(shown);
  }

  @Override
  protected void givenUp() {
    unsent.forget();
  }

  private void changed() {
    if (shown == null) {
      return;
    }
    if (isTyped()) {
      unsent.keep(typed());
    } else {
      unsent.forget();
    }
    tellWhatFollows();
  }

  /**
   * A new price takes the place of others of its item, and leaves nothing behind when it ends
   * itself: which and when, is said before it does.
   */
  private void tellWhatFollows() {
    Instant begin = begin();
    Optional<Instant> end = end(begin);
    boolean backwards = end.filter(moment -> !moment.isAfter(begin)).isPresent();
    follows.setText(
        backwards
            ? ""
            : item().map(item -> String.join(" ", following(item, begin, end))).orElse(""));
  }

  private List<String> following(PriceItem item, Instant begin, Optional<Instant> end) {
    List<Price> same = others().stream().filter(price -> price.item().equals(item)).toList();
    List<String> sentences = new ArrayList<>();
    List<Price> left = new ArrayList<>(same);
    if (changed.isEmpty()) {
      same.stream()
          .filter(price -> price.from().isBefore(begin) && isEndedAfter(price, begin))
          .forEach(
              running -> {
                left.remove(running);
                sentences.add(
                    getTranslation(
                        "price.ends",
                        formats.price(running.amount(), running.currency()),
                        formats.dateTime(begin)));
              });
      List<Price> gone =
          same.stream()
              .filter(price -> !price.from().isBefore(begin))
              .filter(price -> end.map(price.from()::isBefore).orElse(true))
              .toList();
      left.removeAll(gone);
      if (!gone.isEmpty()) {
        sentences.add(
            getTranslation(
                "price.replaces",
                gone.stream().map(this::dated).collect(Collectors.joining("; "))));
      }
      if (to.day().isEmpty()) {
        end.ifPresent(
            next -> sentences.add(getTranslation("price.until-next", formats.dateTime(next))));
      }
    }
    end.flatMap(last -> gap(item, last, left)).ifPresent(sentences::add);
    return sentences;
  }

  private static boolean isEndedAfter(Price price, Instant moment) {
    return price.to().map(moment::isBefore).orElse(true);
  }

  private String dated(Price price) {
    return getTranslation(
        "price.one-from",
        formats.price(price.amount(), price.currency()),
        formats.dateTime(price.from()));
  }

  /**
   * From when to when nothing is asked for an item after its price; empty when something is, if
   * only for all of its kind.
   *
   * @param left what is left of the item's other prices
   */
  private Optional<String> gap(PriceItem item, Instant end, List<Price> left) {
    boolean general =
        item.general()
            .map(
                any ->
                    others().stream()
                        .filter(price -> price.item().equals(any))
                        .anyMatch(price -> !price.from().isAfter(end) && isEndedAfter(price, end)))
            .orElse(false);
    boolean goesOn =
        left.stream().anyMatch(price -> !price.from().isAfter(end) && isEndedAfter(price, end));
    if (general || goesOn) {
      return Optional.empty();
    }
    String since = formats.dateTime(end);
    return Optional.of(
        left.stream()
            .map(Price::from)
            .filter(end::isBefore)
            .min(Comparator.naturalOrder())
            .map(next -> getTranslation("price.gap-until", since, formats.dateTime(next)))
            .orElseGet(() -> getTranslation("price.gap", since)));
  }

  /** Of a new price without an end, where the next of its item begins. */
  private Optional<Instant> end(Instant begin) {
    Optional<Instant> said = moment(to, changed.flatMap(Price::to));
    return said.isPresent() || changed.isPresent() ? said : next(begin);
  }

  private Optional<Instant> next(Instant begin) {
    return item()
        .flatMap(
            item ->
                others().stream()
                    .filter(price -> price.item().equals(item))
                    .map(Price::from)
                    .filter(begin::isBefore)
                    .min(Comparator.naturalOrder()));
  }

  /** Empty as long as it lacks its name. */
  private Optional<PriceItem> item() {
    String called = kind.getValue().isNamed() ? name.getOptionalValue().orElse("").strip() : "";
    return called.isEmpty() && kind.getValue().needsName()
        ? Optional.empty()
        : Optional.of(new PriceItem(kind.getValue(), called));
  }

  /** A day that was left as it was leaves the moment as it was. */
  private Instant begin() {
    return moment(from, changed.map(Price::from))
        .orElseGet(() -> Instant.now().truncatedTo(ChronoUnit.SECONDS));
  }

  private static Optional<Instant> moment(DayField field, Optional<Instant> before) {
    return field
        .day()
        .map(
            day ->
                before
                    .filter(moment -> day(moment).equals(day))
                    .orElseGet(() -> day.atStartOfDay(ZoneOffset.UTC).toInstant()));
  }

  private List<Price> others() {
    return book.prices().stream()
        .filter(
            price ->
                changed
                    .map(
                        one ->
                            !(one.item().equals(price.item()) && one.from().equals(price.from())))
                    .orElse(true))
        .toList();
  }

  private void checkAmount() {
    String problem = Entered.decimalProblem(amount.getValue(), this);
    amount.setErrorMessage(problem);
    amount.setInvalid(!problem.isEmpty());
  }

  /** For the button, and Enter. */
  void save() {
    refusal.removeAll();
    checkAmount();
    currency.setInvalid(currency.isEmpty());
    boolean tooLong = name.getOptionalValue().orElse("").length() > 255;
    name.setErrorMessage(getTranslation(tooLong ? "price.name-long" : "form.needed"));
    name.setInvalid(tooLong || item().isEmpty());
    Instant begin = begin();
    Optional<Instant> end = end(begin);
    boolean backwards = end.filter(moment -> !moment.isAfter(begin)).isPresent();
    boolean days = from.check() & to.check();
    if (days && backwards) {
      to.setProblem(getTranslation("price.ends-early"));
    }
    if (amount.isInvalid() || currency.isInvalid() || name.isInvalid() || !days || backwards) {
      return;
    }
    BigDecimal asked = Entered.decimal(amount.getValue(), Reader.locale()).orElseThrow();
    Price price = new Price(item().orElseThrow(), asked, currency.getValue(), begin, end);
    List<Price> prices = changed.isPresent() ? plus(others(), price) : book.with(price);
    try {
      books.set(book.cloud(), prices, book.version(), caller);
      unsent.forget();
      close();
      saved.run();
    } catch (FederationFault fault) {
      refusal.add(Notice.of(fault));
      if (fault.code() == FaultCode.STALE_VERSION) {
        book = books.find(book.cloud(), caller);
        refusal.add(new Paragraph(getTranslation("price.read-again")));
        tellWhatFollows();
      }
    }
  }

  private static List<Price> plus(List<Price> others, Price price) {
    List<Price> all = new ArrayList<>(others);
    all.add(price);
    return all;
  }
}
