package io.isthmus.domain.placement;

import java.util.List;

/**
 * What a policy asks for about nearness, in numbers.
 *
 * @param all in the policy's order
 * @param rules the rule of each
 * @param isOf by affinity and kind: whether units of the kind are to be near
 * @param isTo by affinity and kind: whether units of the kind are to be near to
 * @param ways between sites
 */
record Affinities(
    List<Affinity> all, List<PolicyRule> rules, boolean[][] isOf, boolean[][] isTo, Ways ways) {

  int size() {
    return all.size();
  }

  /** Whether a hard affinity allows this; what is not known is not allowed. */
  boolean allows(int affinity, int siteOf, int siteTo) {
    return all.get(affinity).maxLatencyMs().isEmpty()
        || ways.milliseconds(siteOf, siteTo) <= all.get(affinity).maxLatencyMs().getAsInt();
  }

  /** The round trip where only preferring matters: what is not known is taken for the longest. */
  double supposed(int siteOf, int siteTo) {
    double known = ways.milliseconds(siteOf, siteTo);
    return Double.isNaN(known) ? LONGEST_MS : Math.min(known, LONGEST_MS);
  }

  /** No round trip on Earth should take longer. */
  static final double LONGEST_MS = 400;
}
