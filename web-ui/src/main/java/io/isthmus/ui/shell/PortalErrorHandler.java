package io.isthmus.ui.shell;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.server.ErrorEvent;
import com.vaadin.flow.server.ErrorHandler;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.ui.element.Glyph;
import io.isthmus.ui.element.Notice;

/** Tells what went wrong while a page was used; what was typed stays where it is. */
class PortalErrorHandler implements ErrorHandler {

  private static final long serialVersionUID = 1L;

  @Override
  public void error(ErrorEvent event) {
    FederationFault fault = Faults.of(event.getThrowable());
    UI ui = UI.getCurrent();
    if (ui == null) {
      return;
    }
    ui.access(() -> tell(ui, fault));
  }

  private static void tell(UI ui, FederationFault fault) {
    if (fault.code() == FaultCode.NOT_SIGNED_IN) {
      // The page asks for itself again, and so leads through sign-in back to where the reader was.
      ui.getPage().reload();
      return;
    }
    Notification notification = new Notification();
    Button close = new Button(Glyph.CLOSE.create(), click -> notification.close());
    close.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_ICON);
    close.setAriaLabel(ui.getTranslation("shell.close"));
    Div row = new Div(Notice.of(fault), close);
    row.addClassName("row");
    notification.add(row);
    notification.setDuration(0);
    notification.setPosition(Notification.Position.BOTTOM_END);
    notification.open();
  }
}
