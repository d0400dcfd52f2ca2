package io.isthmus.ui.price;

import io.isthmus.domain.usage.Price;
import java.time.Instant;

/** Whether a price holds. */
enum PriceState {
  NOW,
  TO_COME,
  PAST;

  static PriceState of(Price price, Instant now) {
    if (price.from().isAfter(now)) {
      return TO_COME;
    }
    return price.to().map(now::isBefore).orElse(true) ? NOW : PAST;
  }
}
