package io.isthmus.domain.placement;

import java.util.List;
import java.util.Optional;

/**
 * One rule of a policy.
 *
 * @param name unique in the policy; what refusals cite
 * @param failover what it says of servers whose place is lost
 * @param line where it begins in the policy's text, 1-based
 * @param column 1-based
 */
public record PolicyRule(
    String name,
    RuleMatch match,
    Residency residency,
    CloudChoice clouds,
    List<SpreadConstraint> spread,
    Needs needs,
    Optional<Affinity> affinity,
    Optional<Failover> failover,
    int line,
    int column) {
  public PolicyRule {
    spread = List.copyOf(spread);
  }

  /** The same rule by another name. */
  PolicyRule named(String other) {
    return new PolicyRule(
        other, match, residency, clouds, spread, needs, affinity, failover, line, column);
  }
}
