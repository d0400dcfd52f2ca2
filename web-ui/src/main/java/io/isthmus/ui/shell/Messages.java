package io.isthmus.ui.shell;

import com.vaadin.cdi.annotation.VaadinServiceEnabled;
import com.vaadin.cdi.annotation.VaadinServiceScoped;
import com.vaadin.flow.i18n.I18NProvider;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.regex.Pattern;

/**
 * The portal's own words, in English and French. What the domain tells comes in phrases of its own.
 */
@VaadinServiceEnabled
@VaadinServiceScoped
public class Messages implements I18NProvider {

  private static final long serialVersionUID = 1L;

  /** English first: it is what a reader of any other language gets. */
  public static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.FRENCH);

  private static final String BUNDLE = "io.isthmus.ui.shell.messages";
  private static final String NO_BREAK = "\u00a0";
  private static final Pattern BEFORE_MARK = Pattern.compile(" (?=[;:!?»])");
  private static final ResourceBundle.Control NO_FALLBACK =
      ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

  @Override
  public List<Locale> getProvidedLocales() {
    return LANGUAGES;
  }

  @Override
  public String getTranslation(String key, Locale locale, Object... arguments) {
    try {
      String pattern =
          ResourceBundle.getBundle(BUNDLE, locale, Messages.class.getClassLoader(), NO_FALLBACK)
              .getString(key);
      return new MessageFormat(spaced(pattern, locale), locale).format(arguments);
    } catch (MissingResourceException e) {
      // A missing word is visible, and a test finds it before a reader does.
      return "!" + key;
    }
  }

  /** French has spaces before some marks, at which no line may end. */
  private static String spaced(String pattern, Locale locale) {
    return locale.getLanguage().equals(Locale.FRENCH.getLanguage())
        ? BEFORE_MARK.matcher(pattern).replaceAll(NO_BREAK).replace("« ", "«" + NO_BREAK)
        : pattern;
  }

  /** The language of ours that comes nearest to one asked for. */
  static Locale nearest(Locale asked) {
    return LANGUAGES.stream()
        .filter(language -> language.getLanguage().equals(asked.getLanguage()))
        .findFirst()
        .orElse(Locale.ENGLISH);
  }
}
