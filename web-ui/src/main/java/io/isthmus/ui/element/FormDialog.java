package io.isthmus.ui.element;

import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.dialog.Dialog;

/**
 * A dialog in which something is typed. Escape and Cancel close it, but what was typed is not lost
 * without a question; a click beside it does nothing.
 */
public abstract class FormDialog extends Dialog {

  private static final long serialVersionUID = 1L;

  protected FormDialog() {
    setCloseOnOutsideClick(false);
    addDialogCloseActionListener(escape -> cancel());
  }

  /** Whether something stands there that was not there when it was opened. */
  protected abstract boolean isTyped();

  /** What was typed is given up; the dialog closes next. */
  protected void givenUp() {
    // Most keep nothing elsewhere.
  }

  /** For the button. */
  protected final void cancel() {
    if (!isTyped()) {
      giveUp();
      return;
    }
    ConfirmDialog ask = new ConfirmDialog();
    ask.setHeader(getTranslation("form.give-up"));
    ask.setText(getTranslation("form.give-up-words"));
    // What Enter does loses nothing.
    ask.setConfirmText(getTranslation("form.go-on"));
    ask.setRejectable(true);
    ask.setRejectText(getTranslation("form.give-up-do"));
    ask.addRejectListener(reject -> giveUp());
    ask.open();
  }

  private void giveUp() {
    givenUp();
    close();
  }
}
