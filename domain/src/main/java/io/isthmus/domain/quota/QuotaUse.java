package io.isthmus.domain.quota;

import io.isthmus.domain.cloud.Limit;
import io.isthmus.domain.cloud.LimitKind;
import java.util.Map;

/**
 * A quota with what counts against it.
 *
 * @param limits by kind, of all that the quota names
 */
public record QuotaUse(Quota quota, Map<LimitKind, Limit> limits) {

  public QuotaUse {
    limits = Map.copyOf(limits);
  }

  /**
   * How full the fullest of its limits is: 0 for none to 1 for all that may be, more where there is
   * more than may be; −1 where nothing is limited.
   */
  public double fullest() {
    return limits.values().stream()
        .filter(limit -> limit.maximum() >= 0)
        .mapToDouble(
            limit ->
                limit.maximum() == 0 ? 1 + limit.used() : (double) limit.used() / limit.maximum())
        .max()
        .orElse(-1);
  }
}
