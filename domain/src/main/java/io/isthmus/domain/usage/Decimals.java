package io.isthmus.domain.usage;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** Decimal numbers as people write them in files, with a bound on their length. */
final class Decimals {

  private static final Pattern FORM = Pattern.compile("[0-9]{1,12}([.][0-9]{1,12})?");

  private static final int LONGEST = 24;

  private Decimals() {}

  /** Whether it is as short when it is written out, which one with an exponent need not be. */
  static boolean isPlain(BigDecimal number) {
    return number.precision() <= LONGEST && Math.abs((long) number.scale()) <= LONGEST;
  }

  static Optional<BigDecimal> parse(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
  }
}
