package io.isthmus.rest.event;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * The server's threads for streams. A bean apart, made when the first stream opens: where an event
 * of another module makes one, this war's resources cannot be found.
 */
@ApplicationScoped
class Background {

  @Resource private ManagedScheduledExecutorService scheduler;

  ManagedScheduledExecutorService scheduler() {
    return scheduler;
  }
}
