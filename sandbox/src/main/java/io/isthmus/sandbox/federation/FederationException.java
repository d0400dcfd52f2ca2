package io.isthmus.sandbox.federation;

import java.util.List;

/** A federation file that cannot be used; the message names each place and what is wrong there. */
public final class FederationException extends RuntimeException {
  FederationException(String source, List<String> mistakes) {
    super(source + " cannot be used:\n  " + String.join("\n  ", mistakes));
  }
}
