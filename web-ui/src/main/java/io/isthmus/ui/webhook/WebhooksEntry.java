package io.isthmus.ui.webhook;

import com.vaadin.flow.component.Component;
import io.isthmus.ui.shell.NavigationEntry;
import jakarta.enterprise.context.ApplicationScoped;

/** The place of webhooks in the navigation. */
@ApplicationScoped
class WebhooksEntry implements NavigationEntry {

  @Override
  public String title() {
    return "webhooks.title";
  }

  @Override
  public Class<? extends Component> page() {
    return WebhooksView.class;
  }

  @Override
  public int order() {
    return 32;
  }
}
