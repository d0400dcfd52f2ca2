package io.isthmus.ui.shell;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.i18n.I18NProvider;
import com.vaadin.flow.server.CustomizedSystemMessages;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.SystemMessages;
import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.theme.lumo.Lumo;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Locale;

/** Gives each page the reader's language and look, and the errors a place to be told. */
@ApplicationScoped
public class PortalStart {

  void prepare(@Observes ServiceInitEvent start) {
    start
        .getSource()
        .addSessionInitListener(
            session -> {
              session.getSession().setErrorHandler(new PortalErrorHandler());
              session.getSession().setLocale(Preferences.language(session.getRequest()));
            });
    start.getSource().setSystemMessagesProvider(info -> lastWords(info.getLocale()));
    start.getSource().addUIInitListener(init -> prepare(init.getUI(), VaadinRequest.getCurrent()));
  }

  /** What the browser says by itself when the server knows its page no more. */
  private static SystemMessages lastWords(Locale locale) {
    CustomizedSystemMessages words = new CustomizedSystemMessages();
    words.setSessionExpiredNotificationEnabled(true);
    words.setSessionExpiredCaption(I18NProvider.translate(locale, "shell.session-over"));
    words.setSessionExpiredMessage(I18NProvider.translate(locale, "shell.session-over-words"));
    words.setCookiesDisabledNotificationEnabled(true);
    words.setCookiesDisabledCaption(I18NProvider.translate(locale, "shell.session-over"));
    words.setCookiesDisabledMessage(I18NProvider.translate(locale, "shell.no-cookies-words"));
    words.setInternalErrorNotificationEnabled(true);
    words.setInternalErrorCaption(I18NProvider.translate(locale, "shell.failed"));
    words.setInternalErrorMessage(I18NProvider.translate(locale, "shell.again-words"));
    return words;
  }

  private static void prepare(UI ui, VaadinRequest request) {
    ui.setLocale(Preferences.language(request));
    Preferences.look(request)
        .ifPresentOrElse(
            look -> ui.getElement().getThemeList().set(Lumo.DARK, look == Preferences.Look.DARK),
            () -> followBrowser(ui));
  }

  private static void followBrowser(UI ui) {
    ui.getPage()
        .executeJs("return matchMedia('(prefers-color-scheme: dark)').matches")
        .then(Boolean.class, dark -> ui.getElement().getThemeList().set(Lumo.DARK, dark));
  }
}
