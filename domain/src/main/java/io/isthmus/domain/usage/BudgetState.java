package io.isthmus.domain.usage;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.YearMonth;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a budget stands in the present month.
 *
 * @param month in UTC
 * @param spent so far, in the budget's currency, as far as prices and rates are known
 * @param expected by the end of the month, if what runs now goes on and nothing is added
 * @param unknown what has no known price, and currencies without a known rate; neither is in the
 *     sums
 */
public record BudgetState(
    Budget budget, YearMonth month, BigDecimal spent, BigDecimal expected, Set<String> unknown) {

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  public BudgetState {
    unknown = new TreeSet<>(unknown);
  }

  /** Of the amount, rounded down. */
  public int percent() {
    return percent(spent);
  }

  /** What is expected, of the amount, rounded down. */
  public int expectedPercent() {
    return percent(expected);
  }

  private int percent(BigDecimal part) {
    return part.multiply(HUNDRED)
        .divide(budget.amount(), 0, RoundingMode.DOWN)
        .min(BigDecimal.valueOf(Integer.MAX_VALUE))
        .intValue();
  }
}
