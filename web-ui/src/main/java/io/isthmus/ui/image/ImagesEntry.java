package io.isthmus.ui.image;

import com.vaadin.flow.component.Component;
import io.isthmus.ui.shell.NavigationEntry;
import jakarta.enterprise.context.ApplicationScoped;

/** The place of images in the navigation. */
@ApplicationScoped
class ImagesEntry implements NavigationEntry {

  @Override
  public String title() {
    return "images.title";
  }

  @Override
  public Class<? extends Component> page() {
    return ImagesView.class;
  }

  @Override
  public int order() {
    return 29;
  }
}
