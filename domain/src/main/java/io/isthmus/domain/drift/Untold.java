package io.isthmus.domain.drift;

import java.util.Locale;

/** Why it cannot be told whether a part has drifted. */
public enum Untold {
  /** It is being worked on, or that failed: it need not be as it was given yet. */
  NOT_COMPLETE,
  /** The mirror may keep only names of what is in that place. */
  NAMES_ONLY,
  /** There is no list of it, or none as new as the part. */
  NOT_READ,
  /** The mirror had to leave something out of it, or it cannot be told what was meant. */
  INCOMPLETE;

  /** As in an answer: {@code names_only}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
