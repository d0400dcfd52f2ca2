package io.isthmus.ui.failover;

import com.vaadin.flow.component.Component;
import io.isthmus.ui.shell.NavigationEntry;
import jakarta.enterprise.context.ApplicationScoped;

/** The place of lost clouds in the navigation. */
@ApplicationScoped
class LostCloudsEntry implements NavigationEntry {

  @Override
  public String title() {
    return "lost-clouds.title";
  }

  @Override
  public Class<? extends Component> page() {
    return LostCloudsView.class;
  }

  @Override
  public int order() {
    return 107;
  }

  @Override
  public boolean isAdministration() {
    return true;
  }
}
