package io.isthmus.ui.campaign;

import com.vaadin.flow.component.Component;
import io.isthmus.ui.shell.NavigationEntry;
import jakarta.enterprise.context.ApplicationScoped;

/** The place of campaigns in the navigation. */
@ApplicationScoped
class CampaignsEntry implements NavigationEntry {

  @Override
  public String title() {
    return "campaigns.title";
  }

  @Override
  public Class<? extends Component> page() {
    return CampaignsView.class;
  }

  @Override
  public int order() {
    return 23;
  }
}
