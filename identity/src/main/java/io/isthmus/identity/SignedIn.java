package io.isthmus.identity;

import io.isthmus.domain.access.Caller;
import jakarta.security.enterprise.CallerPrincipal;
import java.time.Instant;

/** The container's principal of a caller whose token we verified ourselves. */
final class SignedIn extends CallerPrincipal {
  private static final long serialVersionUID = 1L;

  private final transient Caller caller;
  private final transient Instant until;

  SignedIn(Caller caller, Instant until) {
    super(caller.name());
    this.caller = caller;
    this.until = until;
  }

  Caller caller() {
    return caller;
  }

  /** When the token expires. */
  Instant until() {
    return until;
  }
}
