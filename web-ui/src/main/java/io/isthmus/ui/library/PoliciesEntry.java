package io.isthmus.ui.library;

import com.vaadin.flow.component.Component;
import io.isthmus.ui.shell.NavigationEntry;
import jakarta.enterprise.context.ApplicationScoped;

/** The saved policies' place in the navigation. */
@ApplicationScoped
class PoliciesEntry implements NavigationEntry {

  @Override
  public String title() {
    return "library.policies";
  }

  @Override
  public Class<? extends Component> page() {
    return PoliciesView.class;
  }

  @Override
  public int order() {
    return 26;
  }
}
