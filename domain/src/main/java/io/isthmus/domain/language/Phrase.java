package io.isthmus.domain.language;

import io.isthmus.domain.json.Json;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Something to be told to a person, independent of language: a key and its arguments. It is kept
 * and passed on as it is, and becomes words only when a reader's locale is known.
 *
 * <p>The key's first segment names the capability whose bundle holds the words, so {@code
 * placement.residency.jurisdiction} is looked up in {@code
 * io/isthmus/domain/placement/phrases[_fr].properties}, whose values are {@link
 * java.text.MessageFormat} patterns. Arguments are plain texts, already free of secrets.
 *
 * @param key dotted, at least two segments of lower-case letters, digits and dashes
 * @param arguments what the pattern's {0}, {1}, … stand for
 */
public record Phrase(String key, List<String> arguments) {

  static final String COUNTRIES = "countries:";
  static final String PHRASE = "phrase:";
  static final String WORDS = "words:";
  static final String DATE = "date:";
  static final String NUMBER = "number:";

  public Phrase {
    if (!isKey(key)) {
      throw new IllegalArgumentException("not a phrase key: " + key);
    }
    arguments = List.copyOf(arguments);
  }

  /** Written out, since plans make them by the thousand. */
  private static boolean isKey(String key) {
    int segments = 0;
    int length = 0;
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      boolean letter = c >= 'a' && c <= 'z';
      boolean other = c >= '0' && c <= '9' || c == '-' && segments > 0;
      if (letter || other && (length > 0 || segments > 0)) {
        length++;
      } else if (c == '.' && length > 0) {
        segments++;
        length = 0;
      } else {
        return false;
      }
    }
    return segments > 0 && length > 0;
  }

  /**
   * A phrase whose arguments are rendered by {@link String#valueOf(Object)}, but for phrases, which
   * become words together with this one, in the same language.
   */
  public static Phrase of(String key, Object... arguments) {
    return new Phrase(key, Arrays.stream(arguments).map(Phrase::argument).toList());
  }

  private static String argument(Object argument) {
    return argument instanceof Phrase phrase
        ? PHRASE + PhraseJson.write(phrase)
        : String.valueOf(argument);
  }

  /**
   * An argument that names countries (ISO 3166-1 alpha-2) and blocs (EU, EEA), which become words
   * in the reader's language.
   */
  public static String countries(Collection<String> codes) {
    return COUNTRIES + String.join(",", codes);
  }

  /**
   * An argument that names several things, each by the key of its words, which takes no arguments.
   */
  public static String words(Collection<String> keys) {
    return WORDS + String.join(",", keys);
  }

  /** An argument that names a day, written in full as in the reader's language. */
  public static String date(LocalDate day) {
    return DATE + day;
  }

  /** An argument that is a number, written with its decimals as in the reader's language. */
  public static String number(BigDecimal number) {
    return NUMBER + number.toPlainString();
  }

  /** An argument that is a whole number, written as in the reader's language. */
  public static String number(long number) {
    return NUMBER + number;
  }

  /**
   * An argument that lists names, the first of them and how many more there are.
   *
   * @param most how many are named; at least 1
   */
  public static Object names(List<String> all, int most) {
    return all.size() <= most
        ? String.join(", ", all)
        : of("language.and-more", String.join(", ", all.subList(0, most)), all.size() - most);
  }

  /** For words that come from outside and have no translation, such as what a cloud answered. */
  public static Phrase verbatim(String words) {
    return new Phrase("language.verbatim", List.of(Objects.requireNonNullElse(words, "")));
  }

  /**
   * The same with other texts as arguments, in phrases that are arguments too. Numbers, days,
   * countries and keys stay.
   */
  public Phrase with(UnaryOperator<String> change) {
    return new Phrase(key, arguments.stream().map(text -> changed(text, change)).toList());
  }

  private static String changed(String text, UnaryOperator<String> change) {
    if (text.startsWith(PHRASE)) {
      try (JsonReader reader =
          Json.createReader(new StringReader(text.substring(PHRASE.length())))) {
        return argument(PhraseJson.read(reader.readObject()).with(change));
      } catch (RuntimeException e) {
        // Words from outside that only begin so.
        return change.apply(text);
      }
    }
    return Stream.of(COUNTRIES, WORDS, DATE, NUMBER).anyMatch(text::startsWith)
        ? text
        : change.apply(text);
  }

  /** The words in the given language; English where the language has none. */
  public String in(Locale locale) {
    return Phrases.render(this, locale);
  }

  /** English words, for logs and exceptions. */
  @Override
  public String toString() {
    return in(Locale.ENGLISH);
  }

  String capability() {
    return key.substring(0, key.indexOf('.'));
  }
}
