package io.isthmus.domain.insurance;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.placement.LostResource;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What would be if a cloud vanished, of the stacks that somebody may see.
 *
 * @param stacks how many have something there
 * @param uncounted how many of them were not counted yet
 * @param changed how many have been changed since they were counted
 * @param counts how many resources each outcome has; all outcomes are there
 * @param unknown how many parts belong to stacks of which it could not be told
 * @param countedAt when the last count of the whole cloud ended; empty before the first
 * @param counting whether it is being counted anew
 * @param stale whether what is told is older than it should be, or not all was counted yet, or
 *     stacks have changed since
 */
public record Insurance(
    CloudId cloud,
    int stacks,
    int uncounted,
    int changed,
    Map<LostResource.Outcome, Integer> counts,
    int unknown,
    Optional<Instant> countedAt,
    boolean counting,
    boolean stale) {

  /** What was counted longer ago is told to be stale. */
  static final Duration FRESH = Duration.ofMinutes(15);

  public Insurance {
    counts = Map.copyOf(counts);
  }

  /** How many resources have an outcome. */
  public int of(LostResource.Outcome outcome) {
    return counts.getOrDefault(outcome, 0);
  }

  /** Whether all that should not stay down would find a place, as far as is known. */
  public boolean holds() {
    return of(LostResource.Outcome.NO_PLACE) == 0 && unknown == 0 && !stale;
  }
}
