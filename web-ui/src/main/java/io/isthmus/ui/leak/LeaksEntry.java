package io.isthmus.ui.leak;

import com.vaadin.flow.component.Component;
import io.isthmus.ui.shell.NavigationEntry;
import jakarta.enterprise.context.ApplicationScoped;

/** The place of leaks in the navigation. */
@ApplicationScoped
class LeaksEntry implements NavigationEntry {

  @Override
  public String title() {
    return "leaks.title";
  }

  @Override
  public Class<? extends Component> page() {
    return LeaksView.class;
  }

  @Override
  public int order() {
    return 108;
  }

  @Override
  public boolean isAdministration() {
    return true;
  }
}
