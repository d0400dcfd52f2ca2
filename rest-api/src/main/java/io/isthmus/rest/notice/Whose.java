package io.isthmus.rest.notice;

import java.util.Arrays;
import java.util.Locale;

/** Whose notices are asked for. */
public enum Whose {
  PROJECT,
  FEDERATION;

  /** {@code project}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException for any other text
   */
  public static Whose parse(String text) {
    return Arrays.stream(values())
        .filter(whose -> whose.text().equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("neither project nor federation: " + text));
  }
}
