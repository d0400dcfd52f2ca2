package io.isthmus.itests;

/**
 * Held while somebody signs in by password. Keycloak takes two sign-ins of one person at the same
 * time for the guessing of passwords, refuses the second and lets the person wait; tests run beside
 * others.
 */
public final class SignIns {

  /** The monitor of all tests. */
  public static final Object ONE_AT_A_TIME = new Object();

  private SignIns() {}
}
