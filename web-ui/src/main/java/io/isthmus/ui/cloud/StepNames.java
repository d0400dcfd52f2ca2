package io.isthmus.ui.cloud;

import com.vaadin.flow.component.Component;
import java.util.Set;

/** What the steps of a connection test are called. */
final class StepNames {

  private static final Set<String> OURS =
      Set.of("address", "tls", "identity", "credential", "catalog");

  private StepNames() {}

  /** A word for a step of ours; a service with its region as OpenStack calls it. */
  static String of(String step, Component reader) {
    if (OURS.contains(step)) {
      return reader.getTranslation("test.step." + step);
    }
    int at = step.indexOf('@');
    return at < 0 ? step : step.substring(0, at) + " · " + step.substring(at + 1);
  }
}
