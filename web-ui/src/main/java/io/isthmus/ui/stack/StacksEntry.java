package io.isthmus.ui.stack;

import com.vaadin.flow.component.Component;
import io.isthmus.ui.shell.NavigationEntry;
import jakarta.enterprise.context.ApplicationScoped;

/** The stacks' place in the navigation. */
@ApplicationScoped
class StacksEntry implements NavigationEntry {

  @Override
  public String title() {
    return "stacks.title";
  }

  @Override
  public Class<? extends Component> page() {
    return StacksView.class;
  }

  @Override
  public int order() {
    return 20;
  }
}
