package io.isthmus.domain.audit;

import java.util.Locale;

/** Where something was asked for. */
public enum Face {
  API,
  PORTAL,
  /** What Isthmus does of itself to bring about what was asked for. */
  ENGINE;

  /** {@code api}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException for any other text
   */
  public static Face of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
