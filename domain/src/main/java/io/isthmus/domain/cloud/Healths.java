package io.isthmus.domain.cloud;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Draws a cloud's health from what looks at it gave. Pure. */
final class Healths {

  /** From the best to the worst. */
  private static final List<CloudHealth.State> BEST_FIRST =
      List.of(
          CloudHealth.State.REACHABLE,
          CloudHealth.State.DEGRADED,
          CloudHealth.State.UNREACHABLE,
          CloudHealth.State.UNKNOWN);

  static final CloudHealth NEVER_SEEN =
      new CloudHealth(CloudHealth.State.UNKNOWN, Instant.EPOCH, Optional.empty(), Optional.empty());

  private Healths() {}

  static CloudHealth after(CloudHealth before, CloudInventory inventory, Instant now) {
    Map<String, Phrase> silent = new TreeMap<>();
    for (RegionInventory region : inventory.regions()) {
      for (Service service : region.services().values()) {
        service
            .problem()
            .ifPresent(
                problem -> silent.put(service.type() + " (" + region.region() + ")", problem));
      }
    }
    if (silent.isEmpty()) {
      return next(before, CloudHealth.State.REACHABLE, now, Optional.of(now), Optional.empty());
    }
    // All of them at length would be a page: the first one's words stand for what they share.
    Phrase first = silent.values().iterator().next();
    return next(
        before,
        CloudHealth.State.DEGRADED,
        now,
        Optional.of(now),
        Optional.of(Phrase.of("cloud.services-fail", String.join(", ", silent.keySet()), first)));
  }

  /**
   * A cloud that answers but does not let the project in is of no more use to it than a dark one.
   */
  static CloudHealth after(CloudHealth before, FederationFault fault, Instant now) {
    boolean answered =
        fault.code() == FaultCode.CLOUD_CREDENTIAL_REJECTED
            || fault.code() == FaultCode.CLOUD_REJECTED;
    return next(
        before,
        CloudHealth.State.UNREACHABLE,
        now,
        answered ? Optional.of(now) : before.seenAt(),
        Optional.of(fault.phrase()));
  }

  /**
   * What may be told of a cloud to a project without an access of its own: the best that any access
   * shows, without the reason, which may name what belongs to others.
   */
  static CloudHealth seenByOthers(List<CloudHealth> healths) {
    return best(healths)
        .map(best -> new CloudHealth(best.state(), best.since(), best.seenAt(), Optional.empty()))
        .orElse(NEVER_SEEN);
  }

  /** The best that any access shows: what one is refused says nothing of the cloud. */
  static Optional<CloudHealth> best(List<CloudHealth> healths) {
    return healths.stream().min(Comparator.comparing(health -> BEST_FIRST.indexOf(health.state())));
  }

  private static CloudHealth next(
      CloudHealth before,
      CloudHealth.State state,
      Instant now,
      Optional<Instant> seenAt,
      Optional<Phrase> reason) {
    Instant since = before.state() == state ? before.since() : now;
    return new CloudHealth(state, since, seenAt, reason);
  }
}
