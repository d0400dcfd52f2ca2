package io.isthmus.domain.stack;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.network.AddressBook;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;

/** Takes more addresses for a stack, and gives all back when it is gone. */
@ApplicationScoped
public class StackAddresses {

  @Inject AddressBook addresses;

  void take(@Observes AddressesWanted wanted) {
    List<String> gone =
        addresses.reserve(wanted.project(), wanted.plan().value(), wanted.segments());
    if (!gone.isEmpty()) {
      throw new FederationFault(
          FaultCode.CONFLICT, Phrase.of("stack.addresses-taken", String.join(", ", gone)));
    }
  }

  void giveBack(@Observes StackDeleted deleted) {
    addresses.release(deleted.plan().value());
  }
}
