package io.isthmus.ui.shell;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.VaadinRequest;
import jakarta.servlet.http.Cookie;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a reader chose about the look, kept by the browser in cookies for a year. */
final class Preferences {

  private static final String LANGUAGE = "isthmus-language";
  private static final String LOOK = "isthmus-look";
  private static final int ONE_YEAR = 31_536_000;

  /** Light or dark. */
  enum Look {
    LIGHT,
    DARK;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private Preferences() {}

  /** The language chosen, else the first that the browser asks for and that we speak. */
  static Locale language(VaadinRequest request) {
    return cookie(request, LANGUAGE)
        .map(Locale::forLanguageTag)
        .map(Messages::nearest)
        .orElseGet(() -> Messages.nearest(request.getLocale()));
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
