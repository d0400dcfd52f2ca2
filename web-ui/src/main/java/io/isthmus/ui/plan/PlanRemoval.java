package io.isthmus.ui.plan;

import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;

/** Asks before a plan is forgotten; nothing that exists is lost by it. */
class PlanRemoval extends ConfirmDialog {

  private static final long serialVersionUID = 1L;

  /**
   * @param title names what is to be removed
   */
  PlanRemoval(String title, Runnable remove) {
    setHeader(title);
    setText(getTranslation("plans.remove-words"));
    setCancelable(true);
    setCancelText(getTranslation("shell.cancel"));
    setConfirmText(getTranslation("plans.remove"));
    setConfirmButtonTheme(
        ButtonVariant.LUMO_PRIMARY.getVariantName()
            + " "
            + ButtonVariant.LUMO_ERROR.getVariantName());
    addConfirmListener(confirm -> remove.run());
  }
}
