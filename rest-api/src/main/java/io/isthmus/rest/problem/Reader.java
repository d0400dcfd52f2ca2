package io.isthmus.rest.problem;

import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Locale;

/** Who reads the answer: the language to write in. */
public final class Reader {

  private static final List<String> LANGUAGES = List.of("en", "fr");

  private Reader() {}

  /** The first language of {@code Accept-Language} that we speak; English when there is none. */
  public static Locale locale(HttpHeaders headers) {
    return headers.getAcceptableLanguages().stream()
        .filter(locale -> LANGUAGES.contains(locale.getLanguage()))
        .findFirst()
        .orElse(Locale.ENGLISH);
  }
}
