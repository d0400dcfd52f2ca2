package io.isthmus.domain.access;

import java.time.Instant;
import java.util.Optional;

/** Port: tells who is calling. Implemented by {@code identity} from the container's sign-in. */
public interface Callers {

  /**
   * The caller of the current request.
   *
   * @throws io.isthmus.domain.fault.FederationFault NOT_SIGNED_IN when there is none
   */
  Caller current();

  /**
   * Until when the sign-in of the current request holds; who goes on after it asks again.
   *
   * @throws io.isthmus.domain.fault.FederationFault NOT_SIGNED_IN when there is none
   */
  Instant signedInUntil();

  /**
   * How long the current request's sign-in lasts; empty when nobody tells.
   *
   * @throws io.isthmus.domain.fault.FederationFault NOT_SIGNED_IN when there is none
   */
  Optional<SignInTerm> signInTerm();

  /**
   * The access token that the current request's sign-in at the portal holds, for its person to use
   * elsewhere.
   *
   * @throws io.isthmus.domain.fault.FederationFault NOT_SIGNED_IN when there is none
   */
  AccessToken accessToken();
}
