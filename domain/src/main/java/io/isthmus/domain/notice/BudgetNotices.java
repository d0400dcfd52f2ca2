package io.isthmus.domain.notice;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.usage.Budget;
import io.isthmus.domain.usage.BudgetReached;
import io.isthmus.domain.usage.BudgetState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.temporal.ChronoUnit;

/** Tells a project's people that they have spent a part of their budget. */
@ApplicationScoped
public class BudgetNotices {

  private static final int DECIMALS = 2;

  private NoticeStore store;
  private Clock clock;

  @Inject
  public BudgetNotices(NoticeStore store) {
    this(store, Clock.systemUTC());
  }

  BudgetNotices(NoticeStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** For the container's proxies. */
  protected BudgetNotices() {}

  /** In the transaction that keeps that the warning was given. */
  @Transactional
  public void reached(@Observes BudgetReached warning) {
    BudgetState state = warning.state();
    Budget budget = state.budget();
    store.tell(
        Audience.of(budget.project()),
        new Notice(
            Notice.Kind.BUDGET_REACHED,
            clock.instant().truncatedTo(ChronoUnit.MICROS),
            budget.project(),
            new NoticeSubject.OfBudget(budget.project()),
            Phrase.of(
                "notice.budget-reached",
                budget.project(),
                state.percent(),
                state.month(),
                shown(state.spent()),
                shown(budget.amount()),
                budget.currency(),
                shown(state.expected()))));
  }

  private static String shown(BigDecimal amount) {
    return Phrase.number(amount.setScale(DECIMALS, RoundingMode.HALF_UP));
  }
}
