package io.isthmus.ui.plan;

import com.vaadin.flow.component.Component;
import io.isthmus.ui.shell.NavigationEntry;
import jakarta.enterprise.context.ApplicationScoped;

/** The plans' place in the navigation. */
@ApplicationScoped
class PlansEntry implements NavigationEntry {

  @Override
  public String title() {
    return "plans.title";
  }

  @Override
  public Class<? extends Component> page() {
    return PlansView.class;
  }

  @Override
  public int order() {
    return 22;
  }
}
