package io.isthmus.domain.stack;

import java.util.UUID;

/** Identifies a stack. */
public record StackId(UUID value) {

  public static StackId parse(String text) {
    return new StackId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
