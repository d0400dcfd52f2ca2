package io.isthmus.domain.language;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How a language sets its marks. Sources are written with ordinary spaces, which authors see and
 * keep; what is read gets those that belong there.
 */
public final class Typography {

  private static final String NO_BREAK = "\u00a0";
  private static final Pattern BEFORE_MARK = Pattern.compile(" (?=[;:!?»%])");

  private Typography() {}

  /**
   * The words with no-break spaces where French has a space beside a mark: before {@code ; : ! ? %}
   * and within guillemets. A line that ended there would begin with a lone mark. Other languages
   * stay as they are.
   *
   * @param words ours, before what others have written is put in
   */
  public static String spaced(String words, Locale locale) {
    return locale.getLanguage().equals(Locale.FRENCH.getLanguage())
        ? BEFORE_MARK.matcher(words).replaceAll(NO_BREAK).replace("« ", "«" + NO_BREAK)
        : words;
  }
}
