package io.isthmus.domain.template;

import java.util.List;

/**
 * Parameters that belong together in a form.
 *
 * @param label may be empty
 * @param description may be empty
 */
public record ParameterGroup(String label, String description, List<String> parameters) {

  public ParameterGroup {
    parameters = List.copyOf(parameters);
  }
}
