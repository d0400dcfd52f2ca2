package io.isthmus.ui.shell;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * The server's threads for what the portal does of itself. A bean apart, made when a page first
 * needs it: where an event of another module makes one, the portal's resources cannot be found.
 */
@ApplicationScoped
class Background {

  @Resource private ManagedScheduledExecutorService scheduler;

  ManagedScheduledExecutorService scheduler() {
    return scheduler;
  }
}
