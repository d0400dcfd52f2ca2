package io.isthmus.ui.stack;

import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import io.isthmus.domain.stack.PartView;
import io.isthmus.domain.stack.StackStatus;
import java.util.List;

/**
 * Asks before what failed is tried again where the stack's own page does not say what that does.
 */
class RetryDialog extends ConfirmDialog {

  private static final long serialVersionUID = 1L;

  RetryDialog(String stackName, StackStatus status, List<PartView> parts, Runnable retry) {
    setHeader(getTranslation("retry.ask", stackName));
    setText(new RetryMeaning(status, parts));
    setCancelable(true);
    setCancelText(getTranslation("shell.cancel"));
    setConfirmText(getTranslation(key("retry.button", status)));
    addConfirmListener(confirm -> retry.run());
  }

  /** What is tried again: a creation, an update, the way back from one, and so on. */
  static String key(String key, StackStatus status) {
    return switch (status.action()) {
      case UPDATE -> key + "-update";
      case ROLLBACK -> key + "-rollback";
      case CHECK -> key + "-check";
      case SUSPEND -> key + "-suspend";
      case RESUME -> key + "-resume";
      case ADOPT -> key + "-adopt";
      default -> key;
    };
  }
}
