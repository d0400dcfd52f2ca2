package io.isthmus.domain.sample;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.ParameterDefinition;
import io.isthmus.domain.template.ParameterGroup;
import java.util.Locale;
import java.util.Optional;

/**
 * What a sample's template says in English of itself and its parameters, in other languages. What
 * somebody has changed in the template since stays as it was written.
 *
 * @param sample its name; any other text for a template that is of no sample
 * @param locale the reader's
 */
public record SampleWords(String sample, Locale locale) {

  /** The same parameter with label and description in the reader's language. */
  public ParameterDefinition parameter(ParameterDefinition parameter) {
    String key = "parameter." + slug(parameter.name());
    return new ParameterDefinition(
        parameter.name(),
        parameter.type(),
        parameter.label().map(label -> word(key + ".label", label)),
        word(key + ".description", parameter.description()),
        parameter.defaultValue(),
        parameter.hidden(),
        parameter.immutable(),
        parameter.tags(),
        parameter.constraints(),
        parameter.where());
  }

  /** The same group with label and description in the reader's language. */
  public ParameterGroup group(ParameterGroup group) {
    String key = "group." + slug(group.label());
    return new ParameterGroup(
        word(key + ".label", group.label()),
        word(key + ".description", group.description()),
        group.parameters());
  }

  /** What the template says of itself, in the reader's language. */
  public String description(String written) {
    return word("says", written);
  }

  private static String slug(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private String word(String key, String written) {
    return phrase(key)
        .filter(phrase -> phrase.in(Locale.ENGLISH).equals(written.strip()))
        .map(phrase -> phrase.in(locale))
        .orElse(written);
  }

  /** Empty for a name that no sample has. */
  private Optional<Phrase> phrase(String key) {
    try {
      return Optional.of(Phrase.of("sample." + sample + "." + key));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
