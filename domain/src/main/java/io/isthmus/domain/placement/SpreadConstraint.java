package io.isthmus.domain.placement;

/**
 * Over the eligible domains, the fullest holds at most {@code maxSkew} more than the emptiest, as
 * in Kubernetes' topology spread constraints. With fewer than {@code minDomains} eligible domains
 * the emptiest counts as 0.
 *
 * @param maxSkew at least 1
 * @param minDomains at least 1; 1 when the policy says nothing
 * @param hard whether a plan that cannot hold it is refused ({@code do_not_schedule}); else it is a
 *     preference ({@code schedule_anyway})
 */
public record SpreadConstraint(SpreadDomain across, int maxSkew, int minDomains, boolean hard) {}
