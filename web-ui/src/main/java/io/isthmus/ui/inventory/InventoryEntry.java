package io.isthmus.ui.inventory;

import com.vaadin.flow.component.Component;
import io.isthmus.ui.shell.NavigationEntry;
import jakarta.enterprise.context.ApplicationScoped;

/** The place of the inventory in the navigation. */
@ApplicationScoped
class InventoryEntry implements NavigationEntry {

  @Override
  public String title() {
    return "inventory.title";
  }

  @Override
  public Class<? extends Component> page() {
    return InventoryView.class;
  }

  @Override
  public int order() {
    return 21;
  }
}
