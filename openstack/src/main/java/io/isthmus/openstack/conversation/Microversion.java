package io.isthmus.openstack.conversation;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version within a major version, such as Nova's 2.52. */
public record Microversion(int major, int minor) implements Comparable<Microversion> {
  private static final Pattern SHAPE = Pattern.compile("v?(\\d{1,4})\\.(\\d{1,6})");

  public static Optional<Microversion> parse(String text) {
    Matcher shape = SHAPE.matcher(text);
    return shape.matches()
        ? Optional.of(
            new Microversion(Integer.parseInt(shape.group(1)), Integer.parseInt(shape.group(2))))
        : Optional.empty();
  }

  public boolean isAtLeast(Microversion other) {
    return compareTo(other) >= 0;
  }

  @Override
  public int compareTo(Microversion other) {
    return major != other.major
        ? Integer.compare(major, other.major)
        : Integer.compare(minor, other.minor);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
