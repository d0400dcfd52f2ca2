package io.isthmus.ui.shell;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.theme.lumo.Lumo;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

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
    start.getSource().addUIInitListener(init -> prepare(init.getUI(), VaadinRequest.getCurrent()));
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
