package io.isthmus.domain.language;

import io.isthmus.domain.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.text.MessageFormat;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.FormatStyle;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Looks up the words of a {@link Phrase}; one bundle for each capability, English as the root. */
final class Phrases {

  private static final ResourceBundle.Control NO_FALLBACK =
      ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

  /** Those that have a bundle. */
  static final List<String> CAPABILITIES =
      List.of(
          "access",
          "audit",
          "campaign",
          "cloud",
          "csv",
          "drain",
          "drift",
          "driver",
          "failover",
          "fault",
          "image",
          "insurance",
          "keypair",
          "language",
          "leak",
          "library",
          "mirror",
          "notice",
          "placement",
          "probe",
          "quota",
          "sample",
          "search",
          "stack",
          "template",
          "tenant",
          "usage",
          "webhook",
          "yaml");

  /** How a pattern names an argument; the alternatives of a choice are words. */
  private static final Pattern ARGUMENT = Pattern.compile("\\{\\d+(,\\w+,?)?");

  /** Bounded, because words from outside may look like it. */
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,19}(\\.\\d{1,9})?");

  private Phrases() {}

  static String render(Phrase phrase, Locale locale) {
    try {
      ResourceBundle words = words(phrase.capability(), locale);
      return new MessageFormat(Typography.spaced(words.getString(phrase.key()), locale), locale)
          .format(phrase.arguments().stream().map(text -> argument(text, locale)).toArray());
    } catch (MissingResourceException e) {
      // A missing word must never hide the failure that it should tell.
      return phrase.key() + " " + phrase.arguments();
    }
  }

  /** Keys of all phrases that have this in their own words, in any case. */
  static Set<String> keysSaying(String part, Locale locale) {
    String sought = part.toLowerCase(locale);
    Set<String> keys = new TreeSet<>();
    for (String capability : CAPABILITIES) {
      ResourceBundle words = words(capability, locale);
      for (String key : words.keySet()) {
        String own = ARGUMENT.matcher(words.getString(key).replace("''", "'")).replaceAll(" ");
        if (own.toLowerCase(locale).contains(sought)) {
          keys.add(key);
        }
      }
    }
    return keys;
  }

  private static ResourceBundle words(String capability, Locale locale) {
    return ResourceBundle.getBundle(
        "io.isthmus.domain." + capability + ".phrases",
        locale,
        Phrases.class.getClassLoader(),
        NO_FALLBACK);
  }

  private static String argument(String text, Locale locale) {
    if (text.startsWith(Phrase.PHRASE)) {
      return nested(text.substring(Phrase.PHRASE.length()), locale).orElse(text);
    }
    if (text.startsWith(Phrase.WORDS)) {
      return listed(text.substring(Phrase.WORDS.length()), locale).orElse(text);
    }
    if (text.startsWith(Phrase.DATE)) {
      return day(text.substring(Phrase.DATE.length()), locale).orElse(text);
    }
    if (text.startsWith(Phrase.NUMBER)) {
      return number(text.substring(Phrase.NUMBER.length()), locale).orElse(text);
    }
    if (!text.startsWith(Phrase.COUNTRIES)) {
      return text;
    }
    return Arrays.stream(text.substring(Phrase.COUNTRIES.length()).split(","))
        .map(code -> country(code, locale))
        .collect(Collectors.joining(", "));
  }

  /** Empty for words from outside that only begin like a phrase. */
  private static Optional<String> nested(String json, Locale locale) {
    try (JsonReader reader = Json.createReader(new StringReader(json))) {
      return Optional.of(PhraseJson.read(reader.readObject()).in(locale));
    } catch (JsonException
        | ClassCastException
        | NullPointerException
        | IllegalArgumentException notOne) {
      return Optional.empty();
    }
  }

  /** Empty for words from outside that only begin like a list of them. */
  private static Optional<String> listed(String keys, Locale locale) {
    try {
      return Optional.of(
          Arrays.stream(keys.split(","))
              .map(key -> Phrase.of(key).in(locale))
              .collect(Collectors.joining(", ")));
    } catch (IllegalArgumentException notOne) {
      return Optional.empty();
    }
  }

  /** Empty for words from outside that only begin like a day. */
  private static Optional<String> day(String iso, Locale locale) {
    // English for no country in particular is written as most of the world does: day, month, year.
    Locale written = locale.equals(Locale.ENGLISH) ? Locale.UK : locale;
    try {
      return Optional.of(
          DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
              .withLocale(written)
              .format(LocalDate.parse(iso)));
    } catch (DateTimeParseException notOne) {
      return Optional.empty();
    }
  }

  /** Empty for words from outside that only begin like a number. */
  private static Optional<String> number(String plain, Locale locale) {
    if (!NUMBER.matcher(plain).matches()) {
      return Optional.empty();
    }
    BigDecimal number = new BigDecimal(plain);
    NumberFormat format = NumberFormat.getNumberInstance(locale);
    format.setMinimumFractionDigits(number.scale());
    format.setMaximumFractionDigits(number.scale());
    return Optional.of(format.format(number));
  }

  private static String country(String code, Locale locale) {
    ResourceBundle words = words("language", locale);
    String key = "language.bloc." + code.toLowerCase(Locale.ROOT);
    return words.containsKey(key)
        ? words.getString(key)
        : new Locale("", code).getDisplayCountry(locale);
  }
}
