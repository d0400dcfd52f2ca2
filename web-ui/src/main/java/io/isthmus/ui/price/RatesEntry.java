package io.isthmus.ui.price;

import com.vaadin.flow.component.Component;
import io.isthmus.ui.shell.NavigationEntry;
import jakarta.enterprise.context.ApplicationScoped;

/** The place of exchange rates in the navigation. */
@ApplicationScoped
class RatesEntry implements NavigationEntry {

  @Override
  public String title() {
    return "rates.title";
  }

  @Override
  public Class<? extends Component> page() {
    return RatesView.class;
  }

  @Override
  public int order() {
    return 140;
  }

  @Override
  public boolean isAdministration() {
    return true;
  }
}
