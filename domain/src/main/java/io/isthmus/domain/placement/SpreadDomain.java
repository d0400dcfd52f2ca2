package io.isthmus.domain.placement;

import java.util.Locale;

/**
 * What a spread constraint counts over.
 *
 * <p>A {@link #JURISDICTION} is the outermost law that a region lies under: the EU for a country in
 * it, else the country.
 */
public enum SpreadDomain {
  OPERATOR,
  COUNTRY,
  JURISDICTION,
  CLOUD,
  REGION,
  AVAILABILITY_ZONE;

  /** As policies write it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
