package io.isthmus.ui.quota;

import com.vaadin.flow.component.Component;
import io.isthmus.ui.shell.NavigationEntry;
import jakarta.enterprise.context.ApplicationScoped;

/** The place of quotas in the navigation. */
@ApplicationScoped
class QuotasEntry implements NavigationEntry {

  @Override
  public String title() {
    return "quotas.title";
  }

  @Override
  public Class<? extends Component> page() {
    return QuotasView.class;
  }

  @Override
  public int order() {
    return 30;
  }
}
