package io.isthmus.ui.audit;

import com.vaadin.flow.component.Component;
import io.isthmus.ui.shell.NavigationEntry;
import jakarta.enterprise.context.ApplicationScoped;

/** The audit log's place in the navigation. */
@ApplicationScoped
class AuditEntryPoint implements NavigationEntry {

  @Override
  public String title() {
    return "audit.title";
  }

  @Override
  public Class<? extends Component> page() {
    return AuditView.class;
  }

  @Override
  public int order() {
    return 40;
  }
}
