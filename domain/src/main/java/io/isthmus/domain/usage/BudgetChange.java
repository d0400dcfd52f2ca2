package io.isthmus.domain.usage;

import java.math.BigDecimal;
import java.util.List;

/**
 * What a budget shall be.
 *
 * @param amount above 0, at most {@link Price#MOST}, at most 2 decimals
 * @param warnAt per cent, each 1 to 1000, at most 10 of them
 */
public record BudgetChange(
    BigDecimal amount, String currency, List<Integer> warnAt, boolean hardStop) {

  public BudgetChange {
    warnAt = List.copyOf(warnAt);
  }
}
