package io.isthmus.ui.template;

import java.util.Locale;
import java.util.Set;

/** What Heat takes for yes. */
final class Switches {

  private static final Set<String> ON = Set.of("t", "true", "on", "y", "yes", "1");

  private Switches() {}

  static boolean isOn(String text) {
    return ON.contains(text.strip().toLowerCase(Locale.ROOT));
  }
}
