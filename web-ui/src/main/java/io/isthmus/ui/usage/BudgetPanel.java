package io.isthmus.ui.usage;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.usage.Budget;
import io.isthmus.domain.usage.BudgetState;
import io.isthmus.domain.usage.Budgets;
import io.isthmus.ui.element.Formats;
import io.isthmus.ui.element.ItemWords;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.element.RemovalDialog;
import io.isthmus.ui.element.StateBadge;
import io.isthmus.ui.unsent.UnsentForms;
import io.isthmus.ui.widget.Mark;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** A project's budget: what is spent of it, what will be, and who may change it does so here. */
class BudgetPanel extends Div {

  private static final long serialVersionUID = 1L;
  private static final int PERCENT = 100;

  private final transient Budgets budgets;
  private final transient ProjectId project;
  private final transient Caller caller;
  private final transient UnsentForms forms;
  private final transient Supplier<Set<String>> currencies;
  private final transient Runnable changed;
  private final transient Formats formats = Reader.formats();

  /**
   * @param currencies that are offered first
   * @param changed is called when the budget is another
   */
  BudgetPanel(
      Budgets budgets,
      ProjectId project,
      Caller caller,
      UnsentForms forms,
      Supplier<Set<String>> currencies,
      Runnable changed) {
    this.budgets = budgets;
    this.project = project;
    this.caller = caller;
    this.forms = forms;
    this.currencies = currencies;
    this.changed = changed;
    addClassNames("panel", "budget");
    Optional<BudgetState> state = budgets.find(project, caller);
    Div inside = new Div();
    inside.addClassNames("body", "stack");
    add(inside);
    Div head = new Div();
    head.addClassNames("row", "between");
    inside.add(head);
    if (state.isPresent()) {
      Div title = new Div(new H2(title(state.get())), badge(state.get()));
      title.addClassName("title-row");
      head.add(title, buttons(state.get().budget()));
      show(inside, state.get());
    } else {
      head.add(new H2(getTranslation("budget.none")));
      if (mayChange()) {
        head.add(button("budget.set", () -> open(Optional.empty())));
      }
      Paragraph words = new Paragraph(getTranslation("budget.none-words"));
      words.addClassNames("quiet", "small");
      inside.add(words);
    }
  }

  private String title(BudgetState state) {
    return getTranslation("budget.title", formats.month(state.month()));
  }

  private boolean mayChange() {
    return budgets.mayChange(project, caller);
  }

  private StateBadge badge(BudgetState state) {
    if (state.percent() >= PERCENT) {
      return new StateBadge(Mark.FAILED, getTranslation("budget.spent-all"));
    }
    if (state.expectedPercent() >= PERCENT) {
      return new StateBadge(Mark.DEGRADED, getTranslation("budget.will-exceed"));
    }
    return state.unknown().isEmpty()
        ? new StateBadge(Mark.COMPLETE, getTranslation("budget.within"))
        : new StateBadge(Mark.UNKNOWN, getTranslation("budget.not-all-known"));
  }

  private Div buttons(Budget budget) {
    Div row = new Div();
    row.addClassName("row");
    if (mayChange()) {
      Button remove = button("budget.remove", () -> askRemoval(budget));
      remove.addThemeVariants(ButtonVariant.LUMO_ERROR);
      row.add(button("budget.change", () -> open(Optional.of(budget))), remove);
    }
    return row;
  }

  private Button button(String key, Runnable act) {
    Button button = new Button(getTranslation(key), click -> act.run());
    button.addThemeVariants(ButtonVariant.LUMO_SMALL);
    return button;
  }

  private void show(Div inside, BudgetState state) {
    Budget budget = state.budget();
    inside.add(
        new Paragraph(
            getTranslation(
                "budget.spent",
                money(state.spent(), budget),
                money(budget.amount(), budget),
                formats.percent(state.percent()))),
        bar(state),
        new Paragraph(
            getTranslation(
                "budget.expected",
                money(state.expected(), budget),
                formats.percent(state.expectedPercent()))));
    String steps =
        budget.warnAt().isEmpty()
            ? getTranslation("budget.no-warnings")
            : getTranslation(
                "budget.warns",
                budget.warnAt().stream().map(formats::percent).collect(Collectors.joining(", ")));
    Paragraph rules =
        new Paragraph(
            steps
                + " "
                + getTranslation(budget.hardStop() ? "budget.stops" : "budget.does-not-stop"));
    rules.addClassNames("quiet", "small");
    inside.add(rules);
    if (!state.unknown().isEmpty()) {
      inside.add(
          new Notice(
              Mark.DEGRADED,
              "",
              new Paragraph(
                  getTranslation(
                      "budget.unknown",
                      state.unknown().stream()
                          .map(this::thing)
                          .collect(Collectors.joining(", "))))));
    }
  }

  /** An item, or a currency without a rate. */
  private String thing(String text) {
    try {
      return ItemWords.of(this, UsageColumns.item(text));
    } catch (NoSuchElementException e) {
      return text;
    }
  }

  private String money(BigDecimal sum, Budget budget) {
    return formats.money(sum, budget.currency());
  }

  /** The words beside it say the same. */
  private static Div bar(BudgetState state) {
    BigDecimal most = state.budget().amount().max(state.expected()).max(state.spent());
    Div spent = new Div();
    spent.addClassName("budget-spent");
    Div expected = new Div();
    expected.addClassName("budget-expected");
    Div amount = new Div();
    amount.addClassName("budget-amount");
    Div bar = new Div(expected, spent);
    bar.addClassName("budget-bar");
    bar.setClassName("full", state.percent() >= PERCENT);
    bar.setClassName("scarce", state.percent() < PERCENT && state.expectedPercent() >= PERCENT);
    for (int step : state.budget().warnAt()) {
      BigDecimal at = state.budget().amount().multiply(BigDecimal.valueOf(step)).movePointLeft(2);
      if (at.compareTo(most) < 0) {
        Div mark = new Div();
        mark.addClassName("budget-step");
        mark.getStyle().set("--at", share(at, most));
        bar.add(mark);
      }
    }
    bar.add(amount);
    bar.getStyle()
        .set("--spent", share(state.spent(), most))
        .set("--expected", share(state.expected(), most))
        .set("--amount", share(state.budget().amount(), most));
    bar.getElement().setAttribute("aria-hidden", "true");
    return bar;
  }

  private static String share(BigDecimal part, BigDecimal whole) {
    return String.format(
        Locale.ROOT,
        "%.2f%%",
        part.multiply(BigDecimal.valueOf(PERCENT))
            .divide(whole, 2, RoundingMode.HALF_UP)
            .doubleValue());
  }

  private void open(Optional<Budget> budget) {
    new BudgetDialog(
            budgets,
            project,
            caller,
            budget,
            currencies.get(),
            forms.of(caller, "budget/" + project),
            changed)
        .open();
  }

  private void askRemoval(Budget budget) {
    new RemovalDialog(
            getTranslation("budget.remove-of", project.toString()),
            List.of(getTranslation("budget.lost"), getTranslation("budget.stays")),
            project.toString(),
            getTranslation("budget.remove"),
            () -> {
              budgets.remove(project, budget.version(), caller);
              changed.run();
            })
        .open();
  }
}
