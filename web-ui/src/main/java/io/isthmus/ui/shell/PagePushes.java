package io.isthmus.ui.shell;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.communication.PushConnection;
import com.vaadin.flow.server.communication.PushConnectionFactory;
import jakarta.enterprise.inject.spi.CDI;

/** Gives each page its {@link PagePush}. Vaadin finds it as a service and makes it itself. */
public class PagePushes implements PushConnectionFactory {

  private static final long serialVersionUID = 1L;

  @Override
  public PushConnection apply(UI ui) {
    return new PagePush(ui, () -> CDI.current().select(Background.class).get().scheduler());
  }
}
