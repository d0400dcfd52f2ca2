package io.isthmus.ui.shell;

import com.vaadin.cdi.annotation.RouteScoped;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.orderedlayout.VerticalLayout;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;

/** What somebody sees who has not signed in. */
@RouteScoped
@Route("")
@PageTitle("Isthmus")
public class WelcomeView extends VerticalLayout {
  private static final long serialVersionUID = 1L;

  public WelcomeView() {
    Anchor signIn = new Anchor("login", "Sign in");
    signIn.setRouterIgnore(true);
    add(
        new H1("Isthmus"),
        new Paragraph("Many independent OpenStack clouds, usable as one."),
        signIn);
  }
}
