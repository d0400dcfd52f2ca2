package io.isthmus.domain.csv;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Phrase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads comma-separated values with a line of column names, of which the order does not matter.
 *
 * @see "RFC 4180"
 */
public final class CsvTable {

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .setIgnoreEmptyLines(true)
          .setIgnoreSurroundingSpaces(true)
          .setTrim(true)
          .get();

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private CsvTable() {}

  /** One record. */
  public static final class Row {

    private final CSVRecord cells;
    private final int line;

    private Row(CSVRecord cells, int line) {
      this.cells = cells;
      this.line = line;
    }

    /** In which line of the text it ends, from 1. */
    public int line() {
      return line;
    }

    /** Something wrong in one of its cells. */
    public Violation violation(String column, Phrase problem) {
      return new Violation(column, line, 0, problem, Optional.empty());
    }

    /** Without spaces around it; empty when the cell is, or there is no such column. */
    public String text(String column) {
      return cells.isMapped(column) && cells.isSet(column) ? cells.get(column) : "";
    }
  }

  /**
   * @param columns all that mean something
   * @param required those that must be there
   * @param most how many records may be there
   * @throws FederationFault REQUEST_INVALID when it is none, a column is missing or unknown, or
   *     there are too many records
   */
  public static List<Row> read(String text, List<String> columns, List<String> required, int most) {
    String known = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    List<Row> rows = new ArrayList<>();
    try (CSVParser parser = CSVParser.parse(known, FORMAT)) {
      requireColumns(parser.getHeaderNames(), columns, required);
      for (CSVRecord cells : parser) {
        if (rows.size() == most) {
          throw invalid(line(parser), Phrase.of("csv.too-long", most));
        }
        if (!cells.isConsistent()) {
          throw invalid(
              line(parser), Phrase.of("csv.cells", cells.size(), parser.getHeaderNames().size()));
        }
        rows.add(new Row(cells, line(parser)));
      }
      return rows;
    } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
      throw invalid(0, Phrase.of("csv.unreadable", e.getMessage()));
    }
  }

  private static void requireColumns(
      List<String> found, List<String> columns, List<String> required) {
    List<Violation> violations = new ArrayList<>();
    for (String name : found) {
      if (!columns.contains(name)) {
        violations.add(at(1, Phrase.of("csv.column-unknown", name, String.join(", ", columns))));
      }
    }
    for (String name : required) {
      if (!found.contains(name)) {
        violations.add(at(1, Phrase.of("csv.column-missing", name, String.join(",", columns))));
      }
    }
    if (!violations.isEmpty()) {
      throw new FederationFault(
          FaultCode.REQUEST_INVALID, Phrase.of("csv.columns", violations.size()), violations);
    }
  }

  private static int line(CSVParser parser) {
    return Math.toIntExact(parser.getCurrentLineNumber());
  }

  private static Violation at(int line, Phrase problem) {
    return new Violation("", line, 0, problem, Optional.empty());
  }

  private static FederationFault invalid(int line, Phrase phrase) {
    return new FederationFault(FaultCode.REQUEST_INVALID, phrase, List.of(at(line, phrase)));
  }
}
