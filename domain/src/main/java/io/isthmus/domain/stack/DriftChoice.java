package io.isthmus.domain.stack;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a stack wants done about what was changed in its clouds behind our back. */
public enum DriftChoice {
  /** All of it is told, and nothing is done. */
  REPORT,
  /** What has vanished is made anew, unless it held data; the rest is told. */
  REPLACE_VANISHED,
  /**
   * The same, and what was changed is put back to what it was given, where that can be done in
   * place and loses no data; the rest is told.
   */
  REPAIR;

  /**
   * @param anew whether what vanishes is made anew
   * @param right whether what was changed is put right, too
   */
  public static DriftChoice of(boolean anew, boolean right) {
    return anew ? right ? REPAIR : REPLACE_VANISHED : REPORT;
  }

  /** Whether what vanishes is made anew. */
  public boolean makesAnew() {
    return this != REPORT;
  }

  /** As in a request: {@code replace_vanished}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException for any other word, telling what can be chosen
   */
  public static DriftChoice parse(String text) {
    return Arrays.stream(values())
        .filter(choice -> choice.text().equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("expected " + expected()));
  }

  private static String expected() {
    return Arrays.stream(values()).map(DriftChoice::text).collect(Collectors.joining(" or "));
  }
}
