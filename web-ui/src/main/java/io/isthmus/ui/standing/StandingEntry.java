package io.isthmus.ui.standing;

import com.vaadin.flow.component.Component;
import io.isthmus.ui.shell.NavigationEntry;
import jakarta.enterprise.context.ApplicationScoped;

/** The standing policies' place in the navigation; others come to them from their own policies. */
@ApplicationScoped
class StandingEntry implements NavigationEntry {

  @Override
  public String title() {
    return "standing.title";
  }

  @Override
  public Class<? extends Component> page() {
    return StandingPoliciesView.class;
  }

  @Override
  public int order() {
    return 110;
  }

  @Override
  public boolean isAdministration() {
    return true;
  }
}
