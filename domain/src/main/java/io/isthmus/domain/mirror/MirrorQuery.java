package io.isthmus.domain.mirror;

import io.isthmus.domain.cloud.CloudId;
import java.util.Optional;

/**
 * Which items of a kind are asked for; each that is given narrows.
 *
 * @param status the cloud's word, in any case
 * @param name part of the name, in any case
 * @param address an address, a prefix, or how an address begins
 * @param ours true for those that carry a mark of ours, false for all others
 */
public record MirrorQuery(
    MirrorKind kind,
    Optional<CloudId> cloud,
    Optional<String> region,
    Optional<String> status,
    Optional<String> name,
    Optional<String> address,
    Optional<Boolean> ours,
    MirrorOrder order) {

  /** All of a kind, by name. */
  public static MirrorQuery all(MirrorKind kind) {
    return new MirrorQuery(
        kind,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        MirrorOrder.NAME);
  }

  /** Whether all items of the lists that are asked for are. */
  boolean isWhole() {
    return status.isEmpty() && name.isEmpty() && address.isEmpty() && ours.isEmpty();
  }
}
