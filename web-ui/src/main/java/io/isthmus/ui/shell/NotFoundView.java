package io.isthmus.ui.shell;

import com.vaadin.cdi.annotation.RouteScoped;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.ParentLayout;
import io.isthmus.domain.audit.AuditedRequest;
import io.isthmus.domain.fault.FederationFault;

/** Says that there is no page at an address. */
@RouteScoped
@ParentLayout(MainLayout.class)
public class NotFoundView extends Div
    implements HasErrorParameter<NotFoundException>, HasDynamicTitle {

  private static final long serialVersionUID = 1L;

  @Override
  public int setErrorParameter(
      BeforeEnterEvent event, ErrorParameter<NotFoundException> parameter) {
    AuditedRequest.refused(FederationFault.notFound("page", event.getLocation().getPath()));
    removeAll();
    addClassName("page");
    add(
        new H1(getTranslation("shell.no-page")),
        new Paragraph(getTranslation("shell.no-page-at", event.getLocation().getPath())),
        new Anchor("/", getTranslation("shell.to-overview")));
    return 404;
  }

  @Override
  public String getPageTitle() {
    return getTranslation("shell.title", getTranslation("shell.no-page"));
  }
}
