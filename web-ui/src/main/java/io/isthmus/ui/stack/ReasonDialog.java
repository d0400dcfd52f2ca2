package io.isthmus.ui.stack;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextArea;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.ui.element.FormDialog;
import io.isthmus.ui.element.Notice;
import java.util.function.Consumer;

/** Asks for the reason of something that is recorded with it, and says before what it does. */
class ReasonDialog extends FormDialog {

  private static final long serialVersionUID = 1L;
  private static final int LONGEST = 400;

  private final transient Consumer<String> then;
  private final TextArea reason = new TextArea();
  private final Div refusal = new Div();

  /**
   * @param then is given the reason; what it refuses is shown, and the dialog stays
   */
  ReasonDialog(String title, String what, String doIt, Consumer<String> then) {
    this.then = then;
    setHeaderTitle(title);
    reason.setLabel(getTranslation("failover.reason"));
    reason.setHelperText(getTranslation("failover.reason-help"));
    reason.setMaxLength(LONGEST);
    reason.setRequiredIndicatorVisible(true);
    reason.setWidthFull();
    Div body = new Div(new Paragraph(what), reason, refusal);
    body.addClassName("stack");
    add(body);
    Button act = new Button(doIt, click -> act());
    act.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    getFooter().add(new Button(getTranslation("shell.cancel"), click -> cancel()), act);
    setWidth("640px");
    setMaxWidth("100%");
  }

  @Override
  protected boolean isTyped() {
    return !reason.getValue().isBlank();
  }

  private void act() {
    refusal.removeAll();
    try {
      then.accept(reason.getValue());
      close();
    } catch (FederationFault fault) {
      refusal.add(Notice.of(fault));
    }
  }
}
