package io.isthmus.domain.usage;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a report shall tell.
 *
 * @param tenant only this one's; empty for all that the caller may know of
 * @param project only this one of the tenant's; empty for all
 * @param from first moment
 * @param to first moment that does not belong to it
 * @param by in the order in which rows are told apart and sorted; none for one row
 * @param currency ISO 4217 code of the one that costs are told in, too; empty for those that they
 *     came up in only
 */
public record UsageQuery(
    Optional<String> tenant,
    Optional<String> project,
    Instant from,
    Instant to,
    List<UsageDimension> by,
    Optional<String> currency) {

  public UsageQuery {
    by = by.stream().distinct().toList();
  }
}
