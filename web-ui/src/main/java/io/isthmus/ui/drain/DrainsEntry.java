package io.isthmus.ui.drain;

import com.vaadin.flow.component.Component;
import io.isthmus.ui.shell.NavigationEntry;
import jakarta.enterprise.context.ApplicationScoped;

/** The place of drains in the navigation. */
@ApplicationScoped
class DrainsEntry implements NavigationEntry {

  @Override
  public String title() {
    return "drains.title";
  }

  @Override
  public Class<? extends Component> page() {
    return DrainsView.class;
  }

  @Override
  public int order() {
    return 105;
  }

  @Override
  public boolean isAdministration() {
    return true;
  }
}
