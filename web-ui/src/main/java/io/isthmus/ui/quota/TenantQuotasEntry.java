package io.isthmus.ui.quota;

import com.vaadin.flow.component.Component;
import io.isthmus.ui.shell.NavigationEntry;
import jakarta.enterprise.context.ApplicationScoped;

/** The place of all tenants' quotas in the navigation. */
@ApplicationScoped
class TenantQuotasEntry implements NavigationEntry {

  @Override
  public String title() {
    return "tenant-quotas.title";
  }

  @Override
  public Class<? extends Component> page() {
    return TenantQuotasView.class;
  }

  @Override
  public int order() {
    return 120;
  }

  @Override
  public boolean isAdministration() {
    return true;
  }
}
