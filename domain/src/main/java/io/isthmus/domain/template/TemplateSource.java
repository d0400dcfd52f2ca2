package io.isthmus.domain.template;

import java.util.Map;

/**
 * A template as it was given.
 *
 * @param text HOT, YAML or JSON, at most 512 KiB
 * @param files what {@code get_file} may ask for, by the name used in the template
 */
public record TemplateSource(String text, Map<String, String> files) {

  public TemplateSource {
    files = Map.copyOf(files);
  }

  public static TemplateSource of(String text) {
    return new TemplateSource(text, Map.of());
  }
}
