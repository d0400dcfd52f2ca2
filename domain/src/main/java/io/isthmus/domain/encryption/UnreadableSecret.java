package io.isthmus.domain.encryption;

/** A stored secret cannot be opened; the message names its place and never its content. */
public class UnreadableSecret extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnreadableSecret(String message) {
    super(message);
  }

  UnreadableSecret(String message, Throwable cause) {
    super(message, cause);
  }
}
