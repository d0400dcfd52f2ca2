package io.isthmus.domain.cloud;

/**
 * One of the project's quotas in a region.
 *
 * @param maximum −1 when unlimited
 * @param used what counted against it when it was read
 * @param reserved what accepted stacks will take, or have taken since
 */
public record Limit(long maximum, long used, long reserved) {

  public static final Limit UNLIMITED = new Limit(-1, 0);

  /** As a cloud tells it. */
  public Limit(long maximum, long used) {
    this(maximum, used, 0);
  }

  /** What is left; {@link Long#MAX_VALUE} when unlimited, never negative. */
  public long remaining() {
    return maximum < 0 ? Long.MAX_VALUE : Math.max(0, maximum - used - reserved);
  }

  Limit reserving(long amount) {
    return new Limit(maximum, used, reserved + amount);
  }
}
