package io.isthmus.ui.stack;

import com.vaadin.flow.component.contextmenu.MenuItem;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.menubar.MenuBar;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.domain.stack.StackView;

/** What is done to a stack less often than the rest, each with what it means. */
class StackMenu extends MenuBar {

  private static final long serialVersionUID = 1L;

  private final MenuItem check;
  private final MenuItem suspend;
  private final MenuItem abandon;

  /**
   * @param checks begins a check
   * @param sleeps asks whether the stack shall sleep
   * @param abandons asks whether the stack shall be abandoned
   */
  StackMenu(Runnable checks, Runnable sleeps, Runnable abandons) {
    MenuItem more = addItem(getTranslation("stack.more"));
    check = add(more, "check.begin", checks);
    suspend = add(more, "sleep.begin", sleeps);
    abandon = add(more, "abandon.begin", abandons);
  }

  private MenuItem add(MenuItem more, String key, Runnable chosen) {
    Div help = new Div(getTranslation(key + "-help"));
    help.addClassName("small");
    return more.getSubMenu()
        .addItem(new Div(new Div(getTranslation(key)), help), click -> chosen.run());
  }

  /**
   * @param changes whether its reader may change the stack
   */
  void show(StackView stack, boolean changes) {
    check.setVisible(stack.status().isWhole());
    suspend.setVisible(
        stack.status().isWhole() && !stack.asleep()
            || stack.status().equals(StackStatus.RESUME_FAILED));
    boolean leaves = stack.status().isTerminal() && !stack.status().equals(StackStatus.DELETED);
    abandon.setVisible(leaves);
    setVisible(changes && leaves);
  }
}
