package io.isthmus.domain.placement;

import io.isthmus.domain.cloud.Allowance;
import io.isthmus.domain.cloud.CloudHealth;
import io.isthmus.domain.cloud.CloudView;
import io.isthmus.domain.cloud.FederationSnapshot;
import io.isthmus.domain.cloud.Limit;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.cloud.RegionInventory;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.filter.QuotaFilter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Compares what is still to be made, where its place is known, with what quotas leave. Pure. */
public final class Room {

  /**
   * A quota that leaves too little.
   *
   * @param region whose quota it is; empty for the federation's own, of which it is known exactly
   *     what they leave
   */
  public record Lack(Optional<Place> region, LimitKind kind, Phrase reason) {}

  private Room() {}

  /**
   * Quotas that leave too little. Of a region that does not tell a quota, of a cloud that does not
   * answer, and of one whose quotas were not read lately, nothing is known: it is not among them.
   *
   * @param needed by region
   * @param since readings that began before do not count
   */
  public static List<Lack> lacking(
      FederationSnapshot federation, Map<Place, Map<LimitKind, Long>> needed, Instant since) {
    List<Lack> lacks = new ArrayList<>();
    for (Allowance allowance : federation.allowances()) {
      lackingOf(allowance, federation, needed, lacks);
    }
    new TreeMap<>(needed)
        .forEach(
            (region, amounts) ->
                region(federation, region, since)
                    .ifPresent(known -> lackingIn(region, known, amounts, lacks)));
    return lacks;
  }

  private static void lackingOf(
      Allowance allowance,
      FederationSnapshot federation,
      Map<Place, Map<LimitKind, Long>> needed,
      List<Lack> lacks) {
    for (LimitKind kind : LimitKind.values()) {
      Limit limit = allowance.limits().get(kind);
      if (limit == null) {
        continue;
      }
      long asked =
          needed.entrySet().stream()
              .filter(entry -> covers(allowance, federation, entry.getKey()))
              .mapToLong(entry -> entry.getValue().getOrDefault(kind, 0L))
              .sum();
      if (asked > 0 && asked > limit.remaining()) {
        lacks.add(new Lack(Optional.empty(), kind, new Pool(allowance).lacking(kind, asked)));
      }
    }
  }

  private static boolean covers(Allowance allowance, FederationSnapshot federation, Place region) {
    return federation
        .find(region.cloud())
        .filter(
            cloud ->
                Jurisdictions.covers(
                    allowance.extent(),
                    cloud.id(),
                    Optional.of(cloud.facts().operator()),
                    cloud.facts().of(region.region()).country()))
        .isPresent();
  }

  private static Optional<RegionInventory> region(
      FederationSnapshot federation, Place region, Instant since) {
    return federation
        .find(region.cloud())
        .filter(Room::answers)
        .flatMap(CloudView::inventory)
        .filter(known -> !known.takenAt().isBefore(since))
        .flatMap(
            known ->
                known.regions().stream()
                    .filter(one -> one.region().equals(region.region()))
                    .findFirst());
  }

  private static boolean answers(CloudView cloud) {
    return cloud.health().state() == CloudHealth.State.REACHABLE
        || cloud.health().state() == CloudHealth.State.DEGRADED;
  }

  private static void lackingIn(
      Place region, RegionInventory known, Map<LimitKind, Long> amounts, List<Lack> lacks) {
    for (LimitKind kind : LimitKind.values()) {
      Limit limit = known.limits().get(kind);
      long asked = amounts.getOrDefault(kind, 0L);
      if (limit != null && asked > 0 && asked > limit.remaining()) {
        lacks.add(
            new Lack(
                Optional.of(region),
                kind,
                QuotaFilter.lacking(kind, known.region(), asked, limit)));
      }
    }
  }
}
