package io.isthmus.openstack.conversation;

import io.isthmus.domain.fault.FederationFault;
import java.util.function.Supplier;

/** Why nothing was sent. The fault is made by whoever waits for the answer, in its own context. */
final class NotSent extends Exception {
  private static final long serialVersionUID = 1L;
  private final transient Supplier<FederationFault> fault;

  NotSent(Supplier<FederationFault> fault) {
    super("not sent", null, false, false);
    this.fault = fault;
  }

  FederationFault fault() {
    return fault.get();
  }
}
