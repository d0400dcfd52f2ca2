package io.isthmus.identity;

import io.isthmus.domain.access.Caller;
import jakarta.security.enterprise.CallerPrincipal;

/** The container's principal of a caller whose token we verified ourselves. */
final class SignedIn extends CallerPrincipal {
  private static final long serialVersionUID = 1L;

  private final transient Caller caller;

  SignedIn(Caller caller) {
    super(caller.name());
    this.caller = caller;
  }

  Caller caller() {
    return caller;
  }
}
