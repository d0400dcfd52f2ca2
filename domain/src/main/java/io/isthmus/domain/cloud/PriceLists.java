package io.isthmus.domain.cloud;

import java.time.Instant;
import java.util.Map;

/** Port: what clouds ask. Implemented by the capability that keeps price books. */
public interface PriceLists {

  /** Of each cloud of which a price is known at that moment. */
  Map<CloudId, PriceList> at(Instant moment);

  /**
   * What an entry tells about a cloud's prices, from now on. What is listed so already stays as it
   * is. Within the caller's transaction.
   */
  void declare(CloudId cloud, PriceList prices);
}
