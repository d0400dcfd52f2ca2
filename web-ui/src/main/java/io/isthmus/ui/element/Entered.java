package io.isthmus.ui.element;

import com.vaadin.flow.component.Component;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What people write into fields, read as they mean it. */
public final class Entered {

  private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,12}(?:\\.[0-9]{1,12})?");

  /** One with zeros alone before the comma is no thousand. */
  private static final Pattern THOUSANDS = Pattern.compile("0*[1-9][0-9]*,[0-9]{3}");

  private static final Pattern SPACES = Pattern.compile("[\\s\\u00a0\\u202f]");

  private Entered() {}

  /**
   * A number from 0 on with a comma or a point, and with spaces between its digits; what separates
   * thousands otherwise could be either, so that a number with both is none, nor what {@link
   * #isAmbiguous}.
   *
   * @param locale the reader's
   */
  public static Optional<BigDecimal> decimal(String text, Locale locale) {
    String digits = SPACES.matcher(text).replaceAll("").replace(',', '.');
    return DECIMAL.matcher(digits).matches() && !isAmbiguous(text, locale)
        ? Optional.of(new BigDecimal(digits))
        : Optional.empty();
  }

  /** Whether a comma could separate thousands as well as decimals, as in an English 1,000. */
  static boolean isAmbiguous(String text, Locale locale) {
    return locale.getLanguage().equals(Locale.ENGLISH.getLanguage())
        && THOUSANDS.matcher(SPACES.matcher(text).replaceAll("")).matches();
  }

  /**
   * What is wrong with a number that has to be there, in the reader's words; empty when nothing is.
   *
   * @param reader for the language
   */
  public static String decimalProblem(String text, Component reader) {
    Locale locale = Reader.locale();
    if (text.isBlank()) {
      return reader.getTranslation("form.needed");
    }
    if (isAmbiguous(text, locale)) {
      return reader.getTranslation("form.number-ambiguous", text.strip());
    }
    return decimal(text, locale).isEmpty() ? reader.getTranslation("price.number", text) : "";
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
