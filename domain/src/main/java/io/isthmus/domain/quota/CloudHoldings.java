package io.isthmus.domain.quota;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.cloud.Place;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Port: what the accounts hold that a project's own accesses lead into now. Asks no cloud.
 * Implemented by the capability that mirrors clouds.
 */
public interface CloudHoldings {

  /**
   * All of one kind in one region.
   *
   * @param amount empty where it was never read, or less is kept than it takes to tell
   * @param outside what of it is in no stack of the project: made outside of Isthmus, by another
   *     project that shares the account, or left behind by a stack; empty as the amount is
   * @param readAt until when that is known to be true; empty when it was never read
   */
  record Held(
      Place region,
      LimitKind kind,
      OptionalLong amount,
      OptionalLong outside,
      Optional<Instant> readAt) {}

  /** By region: servers, volumes, their GiB, floating IPs and networks. */
  List<Held> of(ProjectId project);
}
