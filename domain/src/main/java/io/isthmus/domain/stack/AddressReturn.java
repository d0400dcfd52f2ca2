package io.isthmus.domain.stack;

import io.isthmus.domain.network.AddressBook;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Gives the addresses of a stack back when it is gone. */
@ApplicationScoped
public class AddressReturn {

  @Inject AddressBook addresses;

  void giveBack(@Observes StackDeleted deleted) {
    addresses.release(deleted.plan().value());
  }
}
