package io.isthmus.rest.quota;

import io.isthmus.domain.cloud.Allowance;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a project or its tenant may have in a part of the federation, and has.
 *
 * @param of {@code project} or {@code tenant}
 */
public record AllowanceBody(String of, String extent, Map<String, UseBody> limits) {

  /** A quota; {@code maximum} −1 when unlimited. */
  public record UseBody(long maximum, long used) {}

  static AllowanceBody of(Allowance allowance) {
    Map<String, UseBody> limits = new TreeMap<>();
    allowance
        .limits()
        .forEach(
            (kind, limit) -> limits.put(kind.text(), new UseBody(limit.maximum(), limit.used())));
    return new AllowanceBody(allowance.of().text(), allowance.extent().text(), limits);
  }
}
