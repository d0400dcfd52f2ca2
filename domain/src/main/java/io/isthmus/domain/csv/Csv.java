package io.isthmus.domain.csv;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Comma-separated values.
 *
 * @see "RFC 4180"
 */
public final class Csv {

  private static final String END = "\r\n";

  /** What makes a spreadsheet take a cell for a formula. */
  private static final String FORMULA = "=+-@\t\r";

  private final StringBuilder text = new StringBuilder();

  /** One more record. */
  public Csv row(List<String> cells) {
    text.append(cells.stream().map(Csv::cell).collect(Collectors.joining(","))).append(END);
    return this;
  }

  /**
   * A number may begin with a sign; any other cell that would begin a formula gets an apostrophe
   * before it, because names in a list come from people and clouds.
   *
   * @see "OWASP, CSV Injection"
   */
  private static String cell(String value) {
    boolean formula =
        !value.isEmpty()
            && FORMULA.indexOf(value.charAt(0)) >= 0
            && !value.matches("[+-]?\\d+([.]\\d+)?");
    String safe = formula ? "'" + value : value;
    boolean quoted = safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
