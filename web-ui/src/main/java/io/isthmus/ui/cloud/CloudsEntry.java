package io.isthmus.ui.cloud;

import com.vaadin.flow.component.Component;
import io.isthmus.ui.shell.NavigationEntry;
import jakarta.enterprise.context.ApplicationScoped;

/** The clouds' place in the navigation. */
@ApplicationScoped
class CloudsEntry implements NavigationEntry {

  @Override
  public String title() {
    return "clouds.title";
  }

  @Override
  public Class<? extends Component> page() {
    return CloudsView.class;
  }

  @Override
  public int order() {
    return 100;
  }

  @Override
  public boolean isAdministration() {
    return true;
  }
}
