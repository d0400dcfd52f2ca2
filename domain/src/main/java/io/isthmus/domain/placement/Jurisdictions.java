package io.isthmus.domain.placement;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Extent;
import io.isthmus.domain.cloud.Operator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Countries and the blocs whose law holds in them.
 *
 * @see "European Union, Country profiles: the 27 member states, since 1 February 2020
 *     (https://european-union.europa.eu/principles-countries-history/eu-countries_en)"
 * @see "EFTA, Agreement on the European Economic Area, Article 126: the EU's member states with
 *     Iceland, Liechtenstein and Norway (https://www.efta.int/eea/eea-agreement)"
 */
public final class Jurisdictions {

  public static final String EU = "EU";
  public static final String EEA = "EEA";

  private static final Set<String> EU_MEMBERS =
      Set.of(
          "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT",
          "LV", "LT", "LU", "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE");

  private static final Set<String> EEA_EFTA_MEMBERS = Set.of("IS", "LI", "NO");

  private static final Set<String> COUNTRIES =
      Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2);

  private Jurisdictions() {}

  /** Every code that is known: EU, EEA, then the countries by code. */
  static List<String> all() {
    List<String> codes = new ArrayList<>(COUNTRIES);
    Collections.sort(codes);
    codes.addAll(0, List.of(EU, EEA));
    return codes;
  }

  /** Whether this is an ISO 3166-1 alpha-2 code, or EU or EEA. */
  public static boolean isKnown(String code) {
    return COUNTRIES.contains(code) || code.equals(EU) || code.equals(EEA);
  }

  /** The country itself and the blocs it belongs to: {@code FR → FR, EU, EEA}. */
  public static Set<String> of(String country) {
    Set<String> jurisdictions = new LinkedHashSet<>();
    jurisdictions.add(country);
    if (EU_MEMBERS.contains(country)) {
      jurisdictions.add(EU);
      jurisdictions.add(EEA);
    } else if (EEA_EFTA_MEMBERS.contains(country)) {
      jurisdictions.add(EEA);
    }
    return jurisdictions;
  }

  /**
   * Whether a region lies in a part of the federation. One whose country is not known lies in no
   * jurisdiction.
   *
   * @param operator of its cloud, when that is a member
   */
  public static boolean covers(
      Extent extent, CloudId cloud, Optional<Operator> operator, Optional<String> country) {
    if (extent instanceof Extent.OfCloud of) {
      return cloud.equals(of.cloud());
    }
    if (extent instanceof Extent.OfOperator of) {
      return operator.map(Operator::id).filter(of.operator()::equals).isPresent();
    }
    if (extent instanceof Extent.OfJurisdiction of) {
      return country.filter(one -> of(one).contains(of.jurisdiction())).isPresent();
    }
    return true;
  }

  /** The EU for a country in it, else the country: what spreading over jurisdictions counts. */
  public static String outermost(String country) {
    return EU_MEMBERS.contains(country) ? EU : country;
  }

  /**
   * Whether law of {@code of} is among what {@code reached} brings: an operator exposed to France
   * is exposed to the EU, and one exposed to the EU is exposed to the law of each member.
   */
  public static boolean reaches(String reached, String of) {
    return reached.equals(of)
        || of(reached).contains(of)
        || reached.equals(EU) && (EU_MEMBERS.contains(of) || of.equals(EEA));
  }
}
