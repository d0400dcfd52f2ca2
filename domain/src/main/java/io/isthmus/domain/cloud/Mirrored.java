package io.isthmus.domain.cloud;

import java.util.Locale;

/** How much of what a cloud has may be kept in the federation's mirror of it. */
public enum Mirrored {
  /** All that the cloud tells of it, secrets excepted. */
  WHOLE,
  /** Only ids, names and our own marks. */
  NAMES;

  /** As in entries and bodies. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The stricter of two. */
  public Mirrored and(Mirrored other) {
    return this == NAMES ? this : other;
  }
}
