package io.isthmus.domain.template;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * A template as it was given.
 *
 * @param text HOT, YAML or JSON, at most 512 KiB
 * @param files what {@code get_file} may ask for and nested templates, by the name used in the
 *     template
 * @param registry an environment's {@code resource_registry}: type name, or the beginning of names
 *     with {@code *} behind it, to a type's name or a template's file
 * @param keyPairs the project's key pairs that servers may name: name to public key as one line
 * @param images the project's images that servers and volumes may name, by name
 */
public record TemplateSource(
    String text,
    Map<String, String> files,
    Map<String, String> registry,
    Map<String, String> keyPairs,
    Map<String, KeptImage> images) {

  public TemplateSource {
    files = Map.copyOf(files);
    registry = Collections.unmodifiableMap(new LinkedHashMap<>(registry));
    keyPairs = Collections.unmodifiableMap(new TreeMap<>(keyPairs));
    images = Collections.unmodifiableMap(new TreeMap<>(images));
  }

  public TemplateSource(String text, Map<String, String> files, Map<String, String> registry) {
    this(text, files, registry, Map.of(), Map.of());
  }

  public TemplateSource(String text, Map<String, String> files) {
    this(text, files, Map.of());
  }

  public static TemplateSource of(String text) {
    return new TemplateSource(text, Map.of());
  }

  /** False when none of its parameters can be hidden: for who would otherwise read it to know. */
  public boolean mayHide() {
    return text.contains("hidden") || files.values().stream().anyMatch(f -> f.contains("hidden"));
  }

  /** The same with another registry. */
  public TemplateSource with(Map<String, String> newRegistry) {
    return new TemplateSource(text, files, newRegistry, keyPairs, images);
  }

  /** The same with other key pairs. */
  public TemplateSource withKeyPairs(Map<String, String> known) {
    return new TemplateSource(text, files, registry, known, images);
  }

  /** The same with other images. */
  public TemplateSource withImages(Map<String, KeptImage> known) {
    return new TemplateSource(text, files, registry, keyPairs, known);
  }
}
