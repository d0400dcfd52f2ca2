package io.isthmus.ui.shell;

import com.vaadin.flow.component.ReconnectDialogConfiguration;
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

/**
 * Gives each page the reader's language and look, the errors a place to be told, and the words for
 * a connection that is lost.
 */
@ApplicationScoped
public class PortalStart {

  /** How long it is told that the connection is back. */
  private static final int BACK_MILLIS = 5_000;

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
    tellConnection(ui);
    ui.getPage().executeJs(ServerIdentity.LOAD_ANEW_ELSEWHERE, ServerIdentity.here());
    Preferences.look(request)
        .ifPresentOrElse(
            look -> ui.getElement().getThemeList().set(Lumo.DARK, look == Preferences.Look.DARK),
            () -> followBrowser(ui));
  }

  /** In the browser before the connection is lost, as it is told there. */
  private static void tellConnection(UI ui) {
    ReconnectDialogConfiguration lost = ui.getReconnectDialogConfiguration();
    lost.setDialogText(ui.getTranslation("shell.connection-lost"));
    lost.setDialogTextGaveUp(ui.getTranslation("shell.connection-lost"));
    // It is never given up: the page stays as it is until the server answers, or is loaded anew.
    lost.setReconnectAttempts(Integer.MAX_VALUE);
    ui.getPage()
        .executeJs(
            "const told = window.Vaadin.connectionIndicator;"
                + " told.onlineText = $0; told.expandedDuration = $1; told.setAttribute('role', 'status')",
            ui.getTranslation("shell.connection-back"),
            BACK_MILLIS);
  }

  private static void followBrowser(UI ui) {
    ui.getPage()
        .executeJs("return matchMedia('(prefers-color-scheme: dark)').matches")
        .then(Boolean.class, dark -> ui.getElement().getThemeList().set(Lumo.DARK, dark));
  }
}
