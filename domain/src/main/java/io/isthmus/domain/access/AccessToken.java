package io.isthmus.domain.access;

import java.time.Instant;

/**
 * What a program shows to be taken for a person. Whoever has it can do what the person can.
 *
 * @param text as it goes behind {@code Bearer}; a secret
 * @param until when it ends to be good
 * @see "RFC 6750"
 */
public record AccessToken(String text, Instant until) {

  /** Without the secret. */
  @Override
  public String toString() {
    return "AccessToken[until=" + until + "]";
  }
}
