package io.isthmus.ui.keypair;

import com.vaadin.flow.component.Component;
import io.isthmus.ui.shell.NavigationEntry;
import jakarta.enterprise.context.ApplicationScoped;

/** The place of key pairs in the navigation. */
@ApplicationScoped
class KeyPairsEntry implements NavigationEntry {

  @Override
  public String title() {
    return "keypairs.title";
  }

  @Override
  public Class<? extends Component> page() {
    return KeyPairsView.class;
  }

  @Override
  public int order() {
    return 29;
  }
}
