package io.isthmus.ui.audit;

import java.util.Locale;

/** Kinds of acts to filter by: the first word of CADF's actions. */
enum Act {
  CREATE,
  READ,
  UPDATE,
  DELETE,
  AUTHENTICATE;

  String action() {
    return name().toLowerCase(Locale.ROOT);
  }
}
