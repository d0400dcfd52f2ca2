package io.isthmus.ui.catalog;

import com.vaadin.flow.component.Component;
import io.isthmus.ui.shell.NavigationEntry;
import jakarta.enterprise.context.ApplicationScoped;

/** The place of flavors and images in the navigation. */
@ApplicationScoped
class FlavorsAndImagesEntry implements NavigationEntry {

  @Override
  public String title() {
    return "catalog.title";
  }

  @Override
  public Class<? extends Component> page() {
    return FlavorsAndImagesView.class;
  }

  @Override
  public int order() {
    return 28;
  }
}
