package io.isthmus.ui.shell;

import com.vaadin.cdi.annotation.VaadinServiceEnabled;
import com.vaadin.cdi.annotation.VaadinServiceScoped;
import com.vaadin.flow.i18n.I18NProvider;
import io.isthmus.domain.language.Typography;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

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
      return new MessageFormat(Typography.spaced(pattern, locale), locale).format(arguments);
    } catch (MissingResourceException e) {
      // A missing word is visible, and a test finds it before a reader does.
      return "!" + key;
    }
  }

  /** The language of ours that comes nearest to one asked for. */
  static Locale nearest(Locale asked) {
    return LANGUAGES.stream()
        .filter(language -> language.getLanguage().equals(asked.getLanguage()))
        .findFirst()
        .orElse(Locale.ENGLISH);
  }
}
