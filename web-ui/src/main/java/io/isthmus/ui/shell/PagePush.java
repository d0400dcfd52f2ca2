package io.isthmus.ui.shell;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.communication.AtmospherePushConnection;
import java.io.IOException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.atmosphere.cpr.AtmosphereResource;

/**
 * A page's socket, which a page that was left gives up at once. Vaadin's waits up to a second for
 * its last message to arrive, and holds the session meanwhile, so that a page that is loaded anew,
 * and any other of the same person, waits as long (vaadin/flow#21158).
 */
class PagePush extends AtmospherePushConnection {

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = Logger.getLogger(PagePush.class.getName());

  /** As long as Vaadin waits, for a message that is still on its way. */
  private static final int LAST_MESSAGE_SECONDS = 1;

  private final transient Supplier<? extends ScheduledExecutorService> scheduler;

  PagePush(UI ui, Supplier<? extends ScheduledExecutorService> scheduler) {
    super(ui);
    this.scheduler = scheduler;
  }

  @Override
  public void disconnect() {
    AtmosphereResource left = getResource();
    if (left == null || !getUI().isClosing()) {
      super.disconnect();
      return;
    }
    connectionLost();
    scheduler.get().schedule(() -> close(left), LAST_MESSAGE_SECONDS, TimeUnit.SECONDS);
  }

  private static void close(AtmosphereResource left) {
    try {
      left.close();
    } catch (IOException e) {
      LOG.log(Level.FINE, "The socket of a page that was left could not be closed", e);
    }
  }
}
