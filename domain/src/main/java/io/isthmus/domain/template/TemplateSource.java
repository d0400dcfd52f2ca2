package io.isthmus.domain.template;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A template as it was given.
 *
 * @param text HOT, YAML or JSON, at most 512 KiB
 * @param files what {@code get_file} may ask for and nested templates, by the name used in the
 *     template
 * @param registry an environment's {@code resource_registry}: type name, or the beginning of names
 *     with {@code *} behind it, to a type's name or a template's file
 */
public record TemplateSource(String text, Map<String, String> files, Map<String, String> registry) {

  public TemplateSource {
    files = Map.copyOf(files);
    registry = Collections.unmodifiableMap(new LinkedHashMap<>(registry));
  }

  public TemplateSource(String text, Map<String, String> files) {
    this(text, files, Map.of());
  }

  public static TemplateSource of(String text) {
    return new TemplateSource(text, Map.of());
  }

  /** The same with another registry. */
  public TemplateSource with(Map<String, String> newRegistry) {
    return new TemplateSource(text, files, newRegistry);
  }
}
