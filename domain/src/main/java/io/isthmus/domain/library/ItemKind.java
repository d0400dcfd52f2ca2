package io.isthmus.domain.library;

import java.util.Locale;

/** What can be kept. */
public enum ItemKind {
  TEMPLATE,
  POLICY;

  /** {@code template} or {@code policy}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
