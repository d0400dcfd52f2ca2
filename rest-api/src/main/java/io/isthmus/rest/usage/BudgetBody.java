package io.isthmus.rest.usage;

import io.isthmus.domain.usage.Budget;
import io.isthmus.domain.usage.BudgetState;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * What a project may spend in a month, and how that stands.
 *
 * @param warnAt per cent of the amount
 * @param hardStop whether nothing new may be begun above it
 * @param month of the sums, in UTC
 * @param spent so far
 * @param expected by the end of the month, if what runs now goes on
 * @param unknown what has no known price, and currencies without a known rate, which the sums lack
 */
public record BudgetBody(
    String project,
    BigDecimal amount,
    String currency,
    List<Integer> warnAt,
    boolean hardStop,
    String month,
    BigDecimal spent,
    BigDecimal expected,
    List<String> unknown,
    long version,
    Instant changedAt,
    String changedBy) {

  static BudgetBody of(BudgetState state) {
    Budget budget = state.budget();
    return new BudgetBody(
        budget.project().toString(),
        budget.amount(),
        budget.currency(),
        budget.warnAt(),
        budget.hardStop(),
        state.month().toString(),
        state.spent(),
        state.expected(),
        List.copyOf(state.unknown()),
        budget.version(),
        budget.changedAt(),
        budget.changedBy());
  }
}
