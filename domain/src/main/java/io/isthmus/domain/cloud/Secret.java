package io.isthmus.domain.cloud;

import java.util.Objects;

/** A text that must not be seen: its {@code toString} tells nothing. */
public final class Secret {

  private final String text;

  private Secret(String text) {
    this.text = Objects.requireNonNull(text);
  }

  public static Secret of(String text) {
    return new Secret(text);
  }

  /** The text itself, for the one call that needs it. */
  public String reveal() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && secret.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return "***";
  }
}
