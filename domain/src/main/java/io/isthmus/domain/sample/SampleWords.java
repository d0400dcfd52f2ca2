package io.isthmus.domain.sample;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.ParameterDefinition;
import java.util.Locale;
import java.util.Optional;

/**
 * What a sample's template says in English of its parameters, in other languages. What somebody has
 * changed in the template since stays as it was written.
 *
 * @param sample its name
 */
public record SampleWords(String sample) {

  /** The same parameter with label and description in the language. */
  public ParameterDefinition in(Locale locale, ParameterDefinition parameter) {
    return new ParameterDefinition(
        parameter.name(),
        parameter.type(),
        parameter.label().map(label -> word(parameter, "label", label, locale)),
        word(parameter, "description", parameter.description(), locale),
        parameter.defaultValue(),
        parameter.hidden(),
        parameter.immutable(),
        parameter.tags(),
        parameter.constraints(),
        parameter.where());
  }

  private String word(ParameterDefinition parameter, String what, String written, Locale locale) {
    return phrase(parameter.name(), what)
        .filter(phrase -> phrase.in(Locale.ENGLISH).equals(written.strip()))
        .map(phrase -> phrase.in(locale))
        .orElse(written);
  }

  /** Empty for a name that no sample has. */
  private Optional<Phrase> phrase(String parameter, String what) {
    try {
      return Optional.of(
          Phrase.of("sample." + sample + ".parameter." + parameter.replace('_', '-') + "." + what));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
