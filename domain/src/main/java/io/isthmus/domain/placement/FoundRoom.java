package io.isthmus.domain.placement;

import io.isthmus.domain.cloud.FederationSnapshot;
import io.isthmus.domain.cloud.Limit;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.language.Phrase;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether the federation's own quotas leave room for what is in clouds already, and is to become a
 * stack's. Those of the clouds count it since long before. Pure.
 */
final class FoundRoom {

  private FoundRoom() {}

  /** What does not fit; empty when all does. */
  static List<Phrase> lacking(FederationSnapshot federation, Collection<PlannedPart> parts) {
    List<Phrase> lacking = new ArrayList<>();
    for (Pool pool : federation.allowances().stream().map(Pool::new).toList()) {
      Map<LimitKind, Long> asked = new EnumMap<>(LimitKind.class);
      parts.stream()
          .filter(part -> covers(pool, federation, part))
          .forEach(
              part -> part.counts().forEach((kind, count) -> asked.merge(kind, count, Long::sum)));
      asked.forEach(
          (kind, amount) ->
              Optional.ofNullable(pool.allowance().limits().get(kind))
                  .filter(limit -> isTooSmall(limit, amount))
                  .ifPresent(limit -> lacking.add(pool.lacking(kind, amount))));
    }
    return lacking;
  }

  private static boolean isTooSmall(Limit limit, long asked) {
    return limit.remaining() < asked;
  }

  private static boolean covers(Pool pool, FederationSnapshot federation, PlannedPart part) {
    return federation
        .find(part.id().cloud())
        .filter(
            cloud ->
                Jurisdictions.covers(
                    pool.allowance().extent(),
                    cloud.id(),
                    Optional.of(cloud.facts().operator()),
                    cloud.facts().of(part.id().region()).country()))
        .isPresent();
  }
}
