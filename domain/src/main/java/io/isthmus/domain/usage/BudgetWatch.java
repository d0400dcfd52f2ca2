package io.isthmus.domain.usage;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Warns projects that come near their budget, once for each step in a month. */
@ApplicationScoped
public class BudgetWatch {

  private BudgetStore store;
  private Spending spending;
  private Consumer<BudgetReached> warnings;

  @Inject
  BudgetWatch(BudgetStore store, Spending spending, Event<BudgetReached> warnings) {
    this(store, spending, warnings::fire);
  }

  /**
   * @param warnings told within the transaction
   */
  BudgetWatch(BudgetStore store, Spending spending, Consumer<BudgetReached> warnings) {
    this.store = store;
    this.spending = spending;
    this.warnings = warnings;
  }

  /** For the container's proxies. */
  protected BudgetWatch() {}

  /** The budgets to look at. */
  @Transactional
  public List<Budget> budgets() {
    return store.all();
  }

  /** Looks at one. Of several steps that are new only the highest is told. */
  @Transactional
  public void look(Budget budget) {
    BudgetState state = spending.states(List.of(budget)).get(0);
    Optional<Integer> highest =
        budget.warnAt().stream()
            .filter(percent -> percent <= state.percent())
            .filter(percent -> store.warn(budget, state.month(), percent))
            .max(Comparator.naturalOrder());
    highest.ifPresent(percent -> warnings.accept(new BudgetReached(state, percent)));
  }
}
