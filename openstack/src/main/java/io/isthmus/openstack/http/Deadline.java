package io.isthmus.openstack.http;

import java.time.Duration;
import java.time.Instant;

/** When something must have ended; measured by the clock that does not jump. */
public final class Deadline {
  private final long atNanos;

  private Deadline(long atNanos) {
    this.atNanos = atNanos;
  }

  public static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /** The given moment, but not later than the given time from now. */
  public static Deadline at(Instant moment, Duration atMost) {
    Duration left = Duration.between(Instant.now(), moment);
    return in(left.compareTo(atMost) < 0 ? left : atMost);
  }

  /** The earlier of this one and the given time from now. */
  public Deadline orIn(Duration time) {
    return remaining().compareTo(time) <= 0 ? this : in(time);
  }

  /** The earlier of this one and another. */
  public Deadline earlier(Deadline other) {
    return other.atNanos - atNanos < 0 ? other : this;
  }

  /** What is left; never negative. */
  public Duration remaining() {
    return Duration.ofNanos(Math.max(0, atNanos - System.nanoTime()));
  }

  public boolean isOver() {
    return atNanos - System.nanoTime() <= 0;
  }
}
