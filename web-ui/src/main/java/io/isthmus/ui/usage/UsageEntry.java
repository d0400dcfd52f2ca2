package io.isthmus.ui.usage;

import com.vaadin.flow.component.Component;
import io.isthmus.ui.shell.NavigationEntry;
import jakarta.enterprise.context.ApplicationScoped;

/** The place of usage and cost in the navigation. */
@ApplicationScoped
class UsageEntry implements NavigationEntry {

  @Override
  public String title() {
    return "usage.title";
  }

  @Override
  public Class<? extends Component> page() {
    return UsageView.class;
  }

  @Override
  public int order() {
    return 31;
  }
}
