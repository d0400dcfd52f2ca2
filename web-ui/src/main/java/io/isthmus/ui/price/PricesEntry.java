package io.isthmus.ui.price;

import com.vaadin.flow.component.Component;
import io.isthmus.ui.shell.NavigationEntry;
import jakarta.enterprise.context.ApplicationScoped;

/** The place of prices in the navigation. */
@ApplicationScoped
class PricesEntry implements NavigationEntry {

  @Override
  public String title() {
    return "prices.title";
  }

  @Override
  public Class<? extends Component> page() {
    return PricesView.class;
  }

  @Override
  public int order() {
    return 130;
  }

  @Override
  public boolean isAdministration() {
    return true;
  }
}
