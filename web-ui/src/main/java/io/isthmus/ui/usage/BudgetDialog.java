package io.isthmus.ui.usage;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.usage.Budget;
import io.isthmus.domain.usage.BudgetChange;
import io.isthmus.domain.usage.BudgetState;
import io.isthmus.domain.usage.Budgets;
import io.isthmus.ui.element.CurrencyField;
import io.isthmus.ui.element.Enter;
import io.isthmus.ui.element.Entered;
import io.isthmus.ui.element.FormDialog;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.unsent.UnsentForm;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Sets what a project may spend in a month. */
class BudgetDialog extends FormDialog {

  private static final long serialVersionUID = 1L;
  private static final String AMOUNT = "amount";
  private static final String CURRENCY = "currency";
  private static final String WARN_AT = "warn_at";
  private static final String HARD_STOP = "hard_stop";
  private static final String VERSION = "version";
  private static final List<Integer> USUAL = List.of(50, 80, 100);

  private final transient Budgets budgets;
  private final transient ProjectId project;
  private final transient Caller caller;
  private final transient UnsentForm unsent;
  private final transient Runnable changed;
  private final TextField amount = new TextField();
  private final ComboBox<String> currency;
  private final TextField warnAt = new TextField();
  private final Checkbox hardStop = new Checkbox();
  private final Div refusal = new Div();
  private final transient Map<String, String> shown;

  /** As read last; a conflict reads it again, and what is typed stays. */
  private transient Optional<Budget> read;

  /**
   * @param budget the one to change; empty for a new one
   * @param currencies that are offered
   * @param unsent what was typed here before
   * @param changed is called when it was saved
   */
  BudgetDialog(
      Budgets budgets,
      ProjectId project,
      Caller caller,
      Optional<Budget> budget,
      Set<String> currencies,
      UnsentForm unsent,
      Runnable changed) {
    this.budgets = budgets;
    this.project = project;
    this.caller = caller;
    this.read = budget;
    this.unsent = unsent;
    this.changed = changed;
    setHeaderTitle(
        getTranslation(
            budget.isPresent() ? "budget.change-of" : "budget.set-of", project.toString()));
    currency = new CurrencyField(getTranslation("budget.currency"), currencies);
    field(amount, "budget.amount", "budget.amount-help");
    amount.setRequired(true);
    field(warnAt, "budget.warn-at", "budget.warn-at-help");
    hardStop.setLabel(getTranslation("budget.hard-stop"));
    Paragraph stopHelp = new Paragraph(getTranslation("budget.hard-stop-help"));
    stopHelp.addClassNames("quiet", "small");
    Div body = new Div(amount, currency, warnAt, hardStop, stopHelp, refusal);
    body.addClassName("stack");
    show(
        budget.map(one -> Entered.written(one.amount())).orElse(""),
        budget.map(Budget::currency).orElse(currencies.stream().findFirst().orElse("")),
        steps(budget.map(Budget::warnAt).orElse(USUAL)),
        budget.map(Budget::hardStop).orElse(false));
    shown = typed();
    unsent
        .find()
        .filter(kept -> version().equals(kept.get(VERSION)))
        .ifPresent(
            kept -> {
              fill(kept);
              body.addComponentAsFirst(unsent.resumed(this, () -> fill(shown)));
              keep();
            });
    currency.addValueChangeListener(
        change -> {
          currency.setInvalid(false);
          currency.setErrorMessage(getTranslation("form.needed"));
          keep();
        });
    hardStop.addValueChangeListener(change -> keep());
    add(body);
    Button save = new Button(getTranslation("budget.save"), click -> save());
    save.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    getFooter().add(new Button(getTranslation("shell.cancel"), click -> cancel()), save);
    setWidth("560px");
    setMaxWidth("100%");
  }

  private void field(TextField field, String label, String help) {
    field.setLabel(getTranslation(label));
    field.setHelperText(getTranslation(help));
    field.setWidthFull();
    field.setValueChangeMode(ValueChangeMode.EAGER);
    field.addValueChangeListener(
        change -> {
          field.setInvalid(false);
          keep();
        });
    field.addBlurListener(blur -> check(field));
    Enter.in(field, this::save);
  }

  private static String steps(List<Integer> percents) {
    return percents.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  private void show(String sum, String code, String steps, boolean stops) {
    amount.setValue(sum);
    if (code.isEmpty()) {
      currency.clear();
    } else {
      currency.setValue(code);
    }
    warnAt.setValue(steps);
    hardStop.setValue(stops);
  }

  private void fill(Map<String, String> kept) {
    show(
        kept.getOrDefault(AMOUNT, ""),
        kept.getOrDefault(CURRENCY, ""),
        kept.getOrDefault(WARN_AT, ""),
        Boolean.parseBoolean(kept.get(HARD_STOP)));
  }

  private String version() {
    return Long.toString(read.map(Budget::version).orElse(0L));
  }

  private Map<String, String> typed() {
    return Map.of(
        AMOUNT,
        amount.getValue(),
        CURRENCY,
        currency.getOptionalValue().orElse(""),
        WARN_AT,
        warnAt.getValue(),
        HARD_STOP,
        Boolean.toString(hardStop.getValue()),
        VERSION,
        version());
  }

  @Override
  protected boolean isTyped() {
    return shown != null && !typed().equals(shown);
  }

  @Override
  protected void givenUp() {
    unsent.forget();
  }

  private void keep() {
    if (shown == null) {
      return;
    }
    if (isTyped()) {
      unsent.keep(typed());
    } else {
      unsent.forget();
    }
  }

  private void check(TextField field) {
    if (field == amount) {
      String wrong = Entered.decimalProblem(amount.getValue(), this);
      if (!wrong.isEmpty()) {
        problem(amount, wrong);
      }
    } else if (Entered.percents(warnAt.getValue()).isEmpty()) {
      problem(warnAt, getTranslation("budget.warn-at-form"));
    }
  }

  private static void problem(TextField field, String words) {
    field.setErrorMessage(words);
    field.setInvalid(true);
  }

  private void save() {
    refusal.removeAll();
    amount.setInvalid(false);
    warnAt.setInvalid(false);
    check(amount);
    check(warnAt);
    currency.setErrorMessage(getTranslation("form.needed"));
    currency.setInvalid(currency.isEmpty());
    if (amount.isInvalid() || warnAt.isInvalid() || currency.isInvalid()) {
      return;
    }
    BigDecimal sum = Entered.decimal(amount.getValue(), Reader.locale()).orElseThrow();
    try {
      budgets.set(
          project,
          new BudgetChange(
              sum,
              currency.getValue(),
              Entered.percents(warnAt.getValue()).orElseThrow(),
              hardStop.getValue()),
          read.map(Budget::version).orElse(0L),
          caller);
      unsent.forget();
      close();
      changed.run();
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
        case AMOUNT -> problem(amount, words);
        case WARN_AT -> problem(warnAt, words);
        case CURRENCY -> {
          currency.setErrorMessage(words);
          currency.setInvalid(true);
        }
        default -> elsewhere = true;
      }
    }
    if (elsewhere) {
      refusal.add(Notice.of(fault));
    }
    if (fault.code() == FaultCode.STALE_VERSION) {
      read = budgets.find(project, caller).map(BudgetState::budget);
      refusal.add(new Paragraph(getTranslation("budget.read-again", now())));
      // What is kept is of what was read now, and so is there after another session too.
      keep();
    }
  }

  private String now() {
    return read.map(budget -> Reader.formats().price(budget.amount(), budget.currency()))
        .orElseGet(() -> getTranslation("budget.none"));
  }
}
