package io.isthmus.ui.library;

import com.vaadin.flow.component.Component;
import io.isthmus.ui.shell.NavigationEntry;
import jakarta.enterprise.context.ApplicationScoped;

/** The saved templates' place in the navigation. */
@ApplicationScoped
class TemplatesEntry implements NavigationEntry {

  @Override
  public String title() {
    return "library.templates";
  }

  @Override
  public Class<? extends Component> page() {
    return TemplatesView.class;
  }

  @Override
  public int order() {
    return 24;
  }
}
