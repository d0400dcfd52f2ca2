package io.isthmus.ui.overview;

import com.vaadin.flow.component.Component;
import io.isthmus.ui.shell.NavigationEntry;
import jakarta.enterprise.context.ApplicationScoped;

/** The overview's place in the navigation. */
@ApplicationScoped
class OverviewEntry implements NavigationEntry {

  @Override
  public String title() {
    return "overview.title";
  }

  @Override
  public Class<? extends Component> page() {
    return OverviewView.class;
  }

  @Override
  public int order() {
    return 10;
  }
}
