package io.isthmus.domain.placement;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Writes two numbers, of which one is a reason against the other, so that they can be told apart.
 */
final class Apart {

  private Apart() {}

  /**
   * The fewest decimals, within these bounds, with which they differ; the most when they never do.
   */
  static int decimals(BigDecimal one, BigDecimal other, int least, int most) {
    int decimals = least;
    while (decimals < most && rounded(one, decimals).compareTo(rounded(other, decimals)) == 0) {
      decimals++;
    }
    return decimals;
  }

  static BigDecimal rounded(BigDecimal number, int decimals) {
    return number.setScale(decimals, RoundingMode.HALF_UP);
  }
}
