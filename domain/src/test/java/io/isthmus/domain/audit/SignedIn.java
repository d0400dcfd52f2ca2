package io.isthmus.domain.audit;

import io.isthmus.domain.access.AccessToken;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.access.SignInTerm;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import java.time.Instant;
import java.util.Optional;

/** Somebody who has signed in, or nobody. */
record SignedIn(Optional<Caller> caller) implements Callers {

  SignedIn(Caller caller) {
    this(Optional.of(caller));
  }

  SignedIn() {
    this(Optional.empty());
  }

  @Override
  public Caller current() {
    return caller.orElseThrow(
        () -> new FederationFault(FaultCode.NOT_SIGNED_IN, Phrase.of("access.not-signed-in")));
  }

  @Override
  public Instant signedInUntil() {
    return Instant.MAX;
  }

  @Override
  public Optional<SignInTerm> signInTerm() {
    return Optional.empty();
  }

  @Override
  public AccessToken accessToken() {
    throw new UnsupportedOperationException();
  }
}
