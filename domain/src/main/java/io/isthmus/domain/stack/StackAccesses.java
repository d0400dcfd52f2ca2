package io.isthmus.domain.stack;

import io.isthmus.domain.cloud.AccessHolds;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Lets no cloud go under a stack that is being put there. */
@ApplicationScoped
public class StackAccesses {

  @Inject AccessHolds holds;

  void hold(@Observes CloudsWanted wanted) {
    holds.hold(wanted.project(), wanted.clouds());
  }
}
