/**
 * The loss of a cloud: when its API and probes from outside agree for long enough, or a person says
 * so, what a policy calls {@code standby} is made anew elsewhere; what was there is stopped when
 * the cloud is back, shown, and removed only by the policy's rule or by a person.
 */
package io.isthmus.domain.failover;
