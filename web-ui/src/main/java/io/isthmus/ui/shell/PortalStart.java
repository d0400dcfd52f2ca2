package io.isthmus.ui.shell;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.CustomizedSystemMessages;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.SystemMessages;
import com.vaadin.flow.server.SystemMessagesInfo;
import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.theme.lumo.Lumo;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Locale;
import java.util.Optional;

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
    start.getSource().setSystemMessagesProvider(info -> lastWords(language(info)));
    start.getSource().addUIInitListener(init -> prepare(init.getUI(), VaadinRequest.getCurrent()));
  }

  /** Vaadin asks with the page's language while it makes one, and with a request afterwards. */
  private static Locale language(SystemMessagesInfo info) {
    return Optional.ofNullable(info.getRequest())
        .map(Preferences::language)
        .orElseGet(() -> Messages.nearest(info.getLocale()));
  }

  /** What the browser says by itself when the server knows its page no more. */
  private static SystemMessages lastWords(Locale locale) {
    Messages bundle = new Messages();
    CustomizedSystemMessages told = new CustomizedSystemMessages();
    told.setSessionExpiredNotificationEnabled(true);
    told.setSessionExpiredCaption(bundle.getTranslation("shell.session-over", locale));
    told.setSessionExpiredMessage(bundle.getTranslation("shell.session-over-words", locale));
    told.setCookiesDisabledNotificationEnabled(true);
    told.setCookiesDisabledCaption(bundle.getTranslation("shell.session-over", locale));
    told.setCookiesDisabledMessage(bundle.getTranslation("shell.no-cookies-words", locale));
    told.setInternalErrorNotificationEnabled(true);
    told.setInternalErrorCaption(bundle.getTranslation("shell.failed", locale));
    told.setInternalErrorMessage(bundle.getTranslation("shell.again-words", locale));
    return told;
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
