package io.isthmus.ui.stack;

import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import io.isthmus.domain.stack.PartView;
import java.util.List;

/** Asks before a creation is tried again where the stack's own page does not say what that does. */
class RetryDialog extends ConfirmDialog {

  private static final long serialVersionUID = 1L;

  RetryDialog(String stackName, List<PartView> parts, Runnable retry) {
    setHeader(getTranslation("retry.ask", stackName));
    setText(new RetryMeaning(parts));
    setCancelable(true);
    setCancelText(getTranslation("shell.cancel"));
    setConfirmText(getTranslation("retry.button"));
    addConfirmListener(confirm -> retry.run());
  }
}
