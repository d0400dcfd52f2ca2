package io.isthmus.domain.stack;

import io.isthmus.domain.image.CopyStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Instant;

/**
 * Lets go of copies of images that a stack which is no more still needs, as when it was abandoned.
 * The copies stay where they are: they are the project's.
 */
@ApplicationScoped
public class StackImageNeeds {

  @Inject CopyStore copies;

  void letGo(@Observes StackDeleted deleted) {
    copies.releaseAll(deleted.stack().value(), Instant.now());
  }
}
