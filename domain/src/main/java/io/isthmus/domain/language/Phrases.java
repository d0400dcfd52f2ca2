package io.isthmus.domain.language;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/** Looks up the words of a {@link Phrase}; one bundle for each capability, English as the root. */
final class Phrases {

  private static final ResourceBundle.Control NO_FALLBACK =
      ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

  private Phrases() {}

  static String render(Phrase phrase, Locale locale) {
    try {
      ResourceBundle words =
          ResourceBundle.getBundle(
              "io.isthmus.domain." + phrase.capability() + ".phrases",
              locale,
              Phrases.class.getClassLoader(),
              NO_FALLBACK);
      return new MessageFormat(words.getString(phrase.key()), locale)
          .format(phrase.arguments().toArray());
    } catch (MissingResourceException e) {
      // A missing word must never hide the failure that it should tell.
      return phrase.key() + " " + phrase.arguments();
    }
  }
}
