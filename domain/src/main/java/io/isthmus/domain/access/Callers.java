package io.isthmus.domain.access;

/** Port: tells who is calling. Implemented by {@code identity} from the container's sign-in. */
public interface Callers {

  /**
   * The caller of the current request.
   *
   * @throws io.isthmus.domain.fault.FederationFault NOT_SIGNED_IN when there is none
   */
  Caller current();
}
