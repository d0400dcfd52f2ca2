package io.isthmus.domain.cloud;

/**
 * One of the project's quotas in a region.
 *
 * @param maximum −1 when unlimited
 * @param used what counts against it now
 */
public record Limit(long maximum, long used) {

  public static final Limit UNLIMITED = new Limit(-1, 0);

  /** What is left; {@link Long#MAX_VALUE} when unlimited, never negative. */
  public long remaining() {
    return maximum < 0 ? Long.MAX_VALUE : Math.max(0, maximum - used);
  }
}
