package io.isthmus.ui.widget;

import java.util.Locale;

/**
 * The five states that the portal shows, each with a shape and a colour of its own. Every status
 * and health comes down to one of them; the word beside the mark stays the exact one.
 */
public enum Mark {
  /** ● Done, healthy. */
  COMPLETE,
  /** ◐ Something is being done. */
  PROGRESS,
  /** ▲ Works in part, or waits for a person. */
  DEGRADED,
  /** ✕ Failed or lost. */
  FAILED,
  /** ○ Not known, or its cloud does not answer. */
  UNKNOWN;

  /** The word by which web components and the theme know this mark. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The theme's class for a badge with this mark, to be used together with {@code state}. */
  public String cssClass() {
    return "state-" + word();
  }
}
