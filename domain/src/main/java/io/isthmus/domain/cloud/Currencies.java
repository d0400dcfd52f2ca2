package io.isthmus.domain.cloud;

import java.util.Collections;
import java.util.Currency;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which currencies there are, by ISO 4217 codes. */
public final class Currencies {

  /** In the order of the alphabet. */
  public static final SortedSet<String> CODES =
      Collections.unmodifiableSortedSet(
          Currency.getAvailableCurrencies().stream()
              .map(Currency::getCurrencyCode)
              .collect(Collectors.toCollection(TreeSet::new)));

  private Currencies() {}
}
