package io.isthmus.rest.quota;

import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.quota.Quota;
import io.isthmus.domain.quota.QuotaUse;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a tenant or one of its projects may have in a part of the federation.
 *
 * @param project absent for all of the tenant's
 * @param limits by kind, −1 without limit
 * @param used what counts against each of them; only in lists
 * @param version 0 when none was ever set
 */
public record QuotaBody(
    String tenant,
    String project,
    String extent,
    Map<String, Long> limits,
    Map<String, Long> used,
    long version,
    Instant changedAt,
    String changedBy) {

  static QuotaBody of(Quota quota) {
    return of(quota, null);
  }

  static QuotaBody of(QuotaUse use) {
    Map<String, Long> used = new TreeMap<>();
    use.limits().forEach((kind, limit) -> used.put(kind.text(), limit.used()));
    return of(use.quota(), used);
  }

  private static QuotaBody of(Quota quota, Map<String, Long> used) {
    return new QuotaBody(
        quota.holder().tenant(),
        quota.holder().project().orElse(null),
        quota.extent().text(),
        limits(quota.maxima()),
        used,
        quota.version(),
        quota.changedAt().orElse(null),
        quota.changedBy().orElse(null));
  }

  static Map<String, Long> limits(Map<LimitKind, Long> amounts) {
    Map<String, Long> limits = new TreeMap<>();
    amounts.forEach((kind, amount) -> limits.put(kind.text(), amount));
    return limits;
  }
}
