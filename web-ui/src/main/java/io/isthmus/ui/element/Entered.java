package io.isthmus.ui.element;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What people write into fields, read as they mean it. */
public final class Entered {

  private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,12}(?:\\.[0-9]{1,12})?");
  private static final Pattern SPACES = Pattern.compile("[\\s\\u00a0\\u202f]");

  private Entered() {}

  /**
   * A number from 0 on with a comma or a point, and with spaces between its digits; what separates
   * thousands otherwise could be either, so that a number with both is none.
   */
  public static Optional<BigDecimal> decimal(String text) {
    String digits = SPACES.matcher(text).replaceAll("").replace(',', '.');
    return DECIMAL.matcher(digits).matches()
        ? Optional.of(new BigDecimal(digits))
        : Optional.empty();
  }

  /** As {@link #decimal} reads it. */
  public static String written(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }

  /**
   * Whole numbers with a comma, a semicolon or a space between them, each with or without a sign
   * for per cent; empty when something among them is none.
   */
  public static Optional<List<Integer>> percents(String text) {
    List<Integer> percents = new ArrayList<>();
    for (String each : text.replace("%", " ").split("[,;\\s\\u00a0\\u202f]+")) {
      if (each.isEmpty()) {
        continue;
      }
      if (!each.matches("[0-9]{1,6}")) {
        return Optional.empty();
      }
      percents.add(Integer.parseInt(each));
    }
    return Optional.of(percents);
  }
}
