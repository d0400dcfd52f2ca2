package io.isthmus.identity;

/** A bearer token that is not to be trusted; the message says why, without the token. */
public class TokenRefused extends Exception {
  private static final long serialVersionUID = 1L;

  TokenRefused(String reason, Throwable cause) {
    super(reason, cause);
  }
}
