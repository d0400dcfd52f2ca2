package io.isthmus.sandbox.http;

/** Tells who a token stands for. */
@FunctionalInterface
public interface Authority {
  /** The token's bearer, or null when it is missing, expired, revoked or made up. */
  Token validate(String token);
}
