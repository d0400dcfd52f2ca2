package io.isthmus.ui.shell;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.VaadinRequest;
import jakarta.servlet.http.Cookie;
import java.text.DateFormat;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a reader chose about the look, kept by the browser in cookies for a year. */
final class Preferences {

  private static final String LANGUAGE = "isthmus-language";
  private static final String LOOK = "isthmus-look";
  private static final int ONE_YEAR = 31_536_000;

  /** Whose way with dates and numbers is known. */
  private static final Set<Locale> WRITTEN = Set.of(DateFormat.getAvailableLocales());

  private static final Locale EUROPEAN_ENGLISH = Locale.forLanguageTag("en-150");

  /** Light or dark. */
  enum Look {
    LIGHT,
    DARK;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private Preferences() {}

  /**
   * The language chosen, else the first that the browser asks for and that we speak; with the
   * country that the browser tells, for dates and numbers.
   */
  static Locale language(VaadinRequest request) {
    List<Locale> asked = Collections.list(request.getLocales());
    Locale language =
        cookie(request, LANGUAGE)
            .map(Locale::forLanguageTag)
            .map(Messages::nearest)
            .orElseGet(() -> Messages.nearest(request.getLocale()));
    return inCountry(language, asked);
  }

  /**
   * English or French as it is written where the reader lives: of the browser's languages the first
   * that is the same tells, else the first of all.
   *
   * @param asked by the browser, dearest first
   */
  static Locale inCountry(Locale language, List<Locale> asked) {
    return Stream.concat(
            asked.stream().filter(each -> each.getLanguage().equals(language.getLanguage())),
            asked.stream())
        .findFirst()
        .map(Locale::getCountry)
        .filter(country -> !country.isEmpty())
        .map(country -> new Locale(language.getLanguage(), country))
        .map(locale -> WRITTEN.contains(locale) ? locale : abroad(language))
        .orElse(language);
  }

  /** English where it is nobody's tongue: day before month, 24 hours. */
  private static Locale abroad(Locale language) {
    return language.equals(Locale.ENGLISH) ? EUROPEAN_ENGLISH : language;
  }

  /** Empty when none was chosen: then the browser's own preference holds. */
  static Optional<Look> look(VaadinRequest request) {
    return cookie(request, LOOK)
        .flatMap(
            word -> Arrays.stream(Look.values()).filter(l -> l.word().equals(word)).findFirst());
  }

  static void keepLanguage(UI ui, Locale language) {
    keep(ui, LANGUAGE, language.getLanguage());
  }

  static void keepLook(UI ui, Look look) {
    keep(ui, LOOK, look.word());
  }

  private static void keep(UI ui, String name, String value) {
    ui.getPage()
        .executeJs(
            "document.cookie = $0 + '=' + $1 + ';path=/;samesite=lax;max-age=' + $2",
            name,
            value,
            ONE_YEAR);
  }

  private static Optional<String> cookie(VaadinRequest request, String name) {
    Cookie[] cookies = request.getCookies();
    return cookies == null
        ? Optional.empty()
        : Arrays.stream(cookies)
            .filter(cookie -> cookie.getName().equals(name))
            .map(Cookie::getValue)
            .findFirst();
  }
}
