package io.isthmus.domain.cloud;

import java.time.Instant;
import java.util.Map;

/** A federation of which no price is known. */
public final class NoPrices implements PriceLists {

  @Override
  public Map<CloudId, PriceList> at(Instant moment) {
    return Map.of();
  }

  @Override
  public void declare(CloudId cloud, PriceList prices) {
    throw new AssertionError("nothing declares prices here");
  }
}
