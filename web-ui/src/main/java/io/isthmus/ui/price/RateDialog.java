package io.isthmus.ui.price;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.usage.ExchangeRate;
import io.isthmus.domain.usage.ExchangeRates;
import io.isthmus.ui.element.CurrencyField;
import io.isthmus.ui.element.DayField;
import io.isthmus.ui.element.Enter;
import io.isthmus.ui.element.Entered;
import io.isthmus.ui.element.FormDialog;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.unsent.UnsentForm;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says what a currency is worth from a day on; what was said for that day is replaced. */
class RateDialog extends FormDialog {

  private static final long serialVersionUID = 1L;
  private static final String CURRENCY = "currency";
  private static final String SINCE = "since";
  private static final String PER_EURO = "per_euro";

  private final transient ExchangeRates rates;
  private final transient Caller caller;
  private final transient UnsentForm unsent;
  private final transient Runnable saved;
  private final ComboBox<String> currency =
      new CurrencyField(getTranslation("price.currency"), List.of("USD", "CHF", "GBP", "CAD"));
  private final DayField since =
      new DayField(getTranslation("rates.since"), getTranslation("rates.since-help"));
  private final TextField perEuro = new TextField(getTranslation("rates.per-euro"));
  private final Div refusal = new Div();

  /**
   * @param unsent what was typed here before
   * @param saved is called when it was
   */
  RateDialog(ExchangeRates rates, Caller caller, UnsentForm unsent, Runnable saved) {
    this.rates = rates;
    this.caller = caller;
    this.unsent = unsent;
    this.saved = saved;
    setHeaderTitle(getTranslation("rates.add"));
    perEuro.setWidthFull();
    perEuro.setRequired(true);
    perEuro.setHelperText(getTranslation("rates.per-euro-help"));
    perEuro.setValueChangeMode(ValueChangeMode.EAGER);
    Div body = new Div(currency, since, perEuro, refusal);
    body.addClassName("stack");
    since.setDay(Optional.of(today()));
    unsent
        .find()
        .ifPresent(
            kept -> {
              fill(kept);
              body.addComponentAsFirst(
                  unsent.resumed(this, () -> fill(Map.of(SINCE, today().toString()))));
            });
    currency.addValueChangeListener(change -> keep());
    since.onChange(this::keep);
    perEuro.addValueChangeListener(
        change -> {
          perEuro.setInvalid(false);
          keep();
        });
    perEuro.addBlurListener(blur -> check());
    Enter.in(perEuro, this::save);
    add(body);
    Button save = new Button(getTranslation("rates.save"), click -> save());
    save.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    getFooter().add(new Button(getTranslation("shell.cancel"), click -> cancel()), save);
    setWidth("480px");
    setMaxWidth("100%");
  }

  private static LocalDate today() {
    return LocalDate.now(ZoneOffset.UTC);
  }

  private void fill(Map<String, String> kept) {
    String code = kept.getOrDefault(CURRENCY, "");
    if (code.isEmpty()) {
      currency.clear();
    } else {
      currency.setValue(code);
    }
    perEuro.setValue(kept.getOrDefault(PER_EURO, ""));
    try {
      since.setDay(Optional.of(LocalDate.parse(kept.getOrDefault(SINCE, ""))));
    } catch (DateTimeException e) {
      since.setDay(Optional.empty());
    }
  }

  @Override
  protected boolean isTyped() {
    return !currency.isEmpty() || !perEuro.isEmpty();
  }

  @Override
  protected void givenUp() {
    unsent.forget();
  }

  private void keep() {
    if (isTyped()) {
      unsent.keep(
          Map.of(
              CURRENCY,
              currency.getOptionalValue().orElse(""),
              SINCE,
              since.day().map(LocalDate::toString).orElse(""),
              PER_EURO,
              perEuro.getValue()));
    } else {
      unsent.forget();
    }
  }

  private void check() {
    String problem = Entered.decimalProblem(perEuro.getValue(), this);
    perEuro.setErrorMessage(problem);
    perEuro.setInvalid(!problem.isEmpty());
  }

  private void save() {
    refusal.removeAll();
    check();
    currency.setErrorMessage(getTranslation("form.needed"));
    currency.setInvalid(currency.isEmpty());
    if (since.check() && since.day().isEmpty()) {
      since.setProblem(getTranslation("form.needed"));
    }
    if (perEuro.isInvalid() || currency.isInvalid() || since.day().isEmpty()) {
      return;
    }
    try {
      rates.put(
          new ExchangeRate(
              currency.getValue(),
              since.day().get(),
              Entered.decimal(perEuro.getValue(), Reader.locale()).orElseThrow()),
          caller);
      unsent.forget();
      close();
      saved.run();
    } catch (FederationFault fault) {
      tell(fault);
    }
  }

  /** At its field where it has one. */
  private void tell(FederationFault fault) {
    boolean elsewhere = fault.violations().isEmpty();
    for (Violation violation : fault.violations()) {
      String words = Notice.message(violation, getLocale());
      switch (violation.pointer()) {
        case CURRENCY -> {
          currency.setErrorMessage(words);
          currency.setInvalid(true);
        }
        case PER_EURO -> {
          perEuro.setErrorMessage(words);
          perEuro.setInvalid(true);
        }
        default -> elsewhere = true;
      }
    }
    if (elsewhere) {
      refusal.add(Notice.of(fault));
    }
  }
}
