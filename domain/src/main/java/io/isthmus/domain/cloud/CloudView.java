package io.isthmus.domain.cloud;

import java.util.Map;
import java.util.Optional;

/**
 * A cloud as one project sees it at one moment.
 *
 * @param hue 1 to 8, the cloud's fixed colour everywhere
 * @param enabled whether new resources may go there
 * @param accessible whether the project has an access to it
 * @param prices empty when none is known
 * @param inventory the newest that was read for this project; empty when none was yet or the cloud
 *     is not accessible
 */
public record CloudView(
    CloudId id,
    String name,
    int hue,
    boolean enabled,
    boolean accessible,
    CloudFacts facts,
    CloudHealth health,
    Optional<PriceList> prices,
    Optional<CloudInventory> inventory) {

  /** Without prices. */
  public CloudView(
      CloudId id,
      String name,
      int hue,
      boolean enabled,
      boolean accessible,
      CloudFacts facts,
      CloudHealth health,
      Optional<CloudInventory> inventory) {
    this(id, name, hue, enabled, accessible, facts, health, Optional.empty(), inventory);
  }

  /** The same with more of its quotas reserved, by region. */
  CloudView reserving(Map<Place, Map<LimitKind, Long>> more) {
    return new CloudView(
        id,
        name,
        hue,
        enabled,
        accessible,
        facts,
        health,
        prices,
        inventory.map(known -> known.reserving(id, more)));
  }
}
