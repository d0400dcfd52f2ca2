package io.isthmus.domain.cloud;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/**
 * What a cloud asks for what it gives; what is not listed is not known, which is not the same as
 * free.
 *
 * @param currency ISO 4217 code
 * @param flavorHour of a server for an hour, by flavor
 * @param volumeGibMonth of a GiB of a volume for a month of 730 hours
 */
public record PriceList(
    String currency, Map<String, BigDecimal> flavorHour, Optional<BigDecimal> volumeGibMonth) {

  public PriceList {
    flavorHour = Map.copyOf(flavorHour);
  }
}
