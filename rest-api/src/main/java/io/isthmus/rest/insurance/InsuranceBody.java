package io.isthmus.rest.insurance;

import io.isthmus.domain.insurance.Insurance;
import io.isthmus.domain.placement.LostResource;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * What would be if a cloud vanished.
 *
 * @param stacks how many have something there
 * @param uncounted how many of them were not counted yet
 * @param changed how many have been changed since they were counted
 * @param resources how many would have which outcome; {@code unknown} are of stacks of which it
 *     could not be told
 * @param countedAt when the last count of the whole cloud ended; absent before the first
 * @param counting whether it is being counted anew
 * @param stale whether what is told is older than 15 minutes, or does not tell all that is there
 * @param holds whether all that should not stay down would find a place, as far as is known
 */
public record InsuranceBody(
    String cloud,
    int stacks,
    int uncounted,
    int changed,
    Map<String, Integer> resources,
    Instant countedAt,
    boolean counting,
    boolean stale,
    boolean holds) {

  static InsuranceBody of(Insurance one) {
    return new InsuranceBody(
        one.cloud().text(),
        one.stacks(),
        one.uncounted(),
        one.changed(),
        counts(one.counts(), one.unknown()),
        one.countedAt().orElse(null),
        one.counting(),
        one.stale(),
        one.holds());
  }

  static Map<String, Integer> counts(Map<LostResource.Outcome, Integer> counts, int unknown) {
    Map<String, Integer> all = new TreeMap<>();
    counts.forEach((outcome, count) -> all.put(outcome.text(), count));
    all.put("unknown", unknown);
    return all;
  }
}
