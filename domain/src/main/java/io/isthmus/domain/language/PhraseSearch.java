package io.isthmus.domain.language;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Words that somebody looks for in what is told. A phrase is kept without a language; so what is
 * looked for in it are its arguments, and its key among those whose words, in the language of who
 * looks, have this in them. Each word has to be found, in any order and any case.
 */
public record PhraseSearch(List<Word> words) {

  /** Lets everything through. */
  public static final PhraseSearch ALL = new PhraseSearch(List.of());

  /** Words beyond these are not looked for. */
  private static final int MOST = 8;

  /** What a phrase within a phrase has around its arguments. */
  private static final String NESTING =
      "phrase:\\{\\\\+\"key\\\\+\":\\\\+\"[^\"\\\\]+\\\\+\",\\\\+\"arguments\\\\+\":";

  private static final String KEY = "\"key\\\\*\": *\\\\*\"([a-z][a-z0-9.-]+)";

  private static final String HAS_WORD =
      """
      (position(lower(?) in lower(concat_ws(' ', %2$s,
          regexp_replace(regexp_replace(%1$s ->> 'arguments', '%3$s', ' ', 'g'), '\\\\+"', '"', 'g')))) > 0
        or exists (select from regexp_matches(%1$s::text, '%4$s', 'g') as said (key)
          where said.key[1] = any (string_to_array(?, ' '))))
      """;

  /**
   * One of the words.
   *
   * @param keys of the phrases that have it in their own words
   */
  public record Word(String text, Set<String> keys) {

    public Word {
      keys = Set.copyOf(keys);
    }
  }

  public PhraseSearch {
    words = List.copyOf(words);
  }

  /**
   * Looks for each word of a text.
   *
   * @param text words with spaces between; blank for all phrases
   * @param locale of who looks
   */
  public static PhraseSearch of(String text, Locale locale) {
    return new PhraseSearch(
        Arrays.stream(text.split("[\\s\\p{Cntrl}]+"))
            .filter(word -> !word.isEmpty())
            .limit(MOST)
            .map(word -> new Word(word, Phrases.keysSaying(word, locale)))
            .toList());
  }

  /**
   * What PostgreSQL checks of a row; {@link #values} are its parameters.
   *
   * @param phrase the column that keeps the phrase, as {@link PhraseJson} writes it
   * @param others texts of the row that the words may be in as well, with commas between
   */
  public String condition(String phrase, String others) {
    return words.isEmpty()
        ? "true"
        : words.stream()
            .map(word -> HAS_WORD.formatted(phrase, others, NESTING, KEY))
            .collect(Collectors.joining(" and "));
  }

  /** Values of the condition's parameters, in order. */
  public List<Object> values() {
    return words.stream()
        .flatMap(word -> Stream.<Object>of(word.text(), String.join(" ", word.keys())))
        .toList();
  }
}
