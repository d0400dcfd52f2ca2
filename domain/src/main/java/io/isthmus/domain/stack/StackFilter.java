package io.isthmus.domain.stack;

import io.isthmus.domain.cloud.CloudId;
import java.util.Optional;

/**
 * Which stacks to list. Deleted ones only when asked for by status.
 *
 * @param name part of the name, in any case
 * @param cloud one in which the stack has something
 * @param drifted whether something of it was changed behind our back or has vanished
 */
public record StackFilter(
    Optional<String> name,
    Optional<StackStatus> status,
    Optional<StackHealth.State> health,
    Optional<CloudId> cloud,
    Optional<Boolean> drifted) {

  public static final StackFilter ALL = of(Optional.empty(), Optional.empty());

  /** By anything but drift. */
  public StackFilter(
      Optional<String> name,
      Optional<StackStatus> status,
      Optional<StackHealth.State> health,
      Optional<CloudId> cloud) {
    this(name, status, health, cloud, Optional.empty());
  }

  /** By part of the name and status alone. */
  public static StackFilter of(Optional<String> name, Optional<StackStatus> status) {
    return new StackFilter(name, status, Optional.empty(), Optional.empty());
  }
}
