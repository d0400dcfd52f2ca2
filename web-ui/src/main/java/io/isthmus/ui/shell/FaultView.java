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
import com.vaadin.flow.router.ParentLayout;
import io.isthmus.domain.audit.AuditedRequest;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.ui.element.Notice;

/** Shown in place of a page that could not be opened. */
@RouteScoped
@ParentLayout(MainLayout.class)
public class FaultView extends Div implements HasErrorParameter<Exception>, HasDynamicTitle {

  private static final long serialVersionUID = 1L;
  private String title = "";

  @Override
  public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<Exception> parameter) {
    FederationFault fault = Faults.of(parameter.getException());
    AuditedRequest.refused(fault);
    removeAll();
    addClassName("page");
    title = Notice.title(fault).in(getLocale());
    if (fault.code() == FaultCode.NOT_SIGNED_IN) {
      event.getUI().getPage().reload();
      return 401;
    }
    if (fault.code() == FaultCode.NOT_FOUND) {
      add(new H1(title), new Paragraph(fault.phrase().in(getLocale())));
    } else {
      add(Notice.of(fault));
    }
    add(new Anchor("/", getTranslation("shell.to-overview")));
    return switch (fault.code()) {
      case NOT_FOUND -> 404;
      case FORBIDDEN -> 403;
      default -> 500;
    };
  }

  @Override
  public String getPageTitle() {
    return getTranslation("shell.title", title);
  }
}
