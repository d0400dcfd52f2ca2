package io.isthmus.rest.usage;

import io.isthmus.rest.problem.Arguments;
import jakarta.ws.rs.core.Response;

/** Tables for spreadsheets. */
public final class CsvAnswer {

  public static final String TYPE = "text/csv";

  private CsvAnswer() {}

  /**
   * Whether a table is wanted; the browser's own {@code Accept} asks for neither.
   *
   * @throws io.isthmus.domain.fault.FederationFault REQUEST_INVALID for a format that is none
   */
  public static boolean isWanted(String format) {
    return format != null && Arguments.parse("format", format, CsvAnswer::isCsv);
  }

  private static boolean isCsv(String format) {
    if (!format.equals("csv") && !format.equals("json")) {
      throw new IllegalArgumentException("neither csv nor json");
    }
    return format.equals("csv");
  }

  public static Response.ResponseBuilder of(String csv) {
    return Response.ok(csv, TYPE + ";charset=utf-8");
  }
}
