package io.isthmus.domain.placement;

import io.isthmus.domain.cloud.Coordinates;
import io.isthmus.domain.cloud.Latency;
import io.isthmus.domain.cloud.Measure;
import io.isthmus.domain.cloud.PriceList;
import io.isthmus.domain.language.Phrase;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How well each region suits a policy's preferences, beside headroom, which changes while a plan
 * grows. Prices and round trips are compared among the regions that a kind can take; what is not
 * known counts as the worst, because it cannot be shown to be better.
 */
final class Suitability {

  private static final int PRICE_DECIMALS = 4;

  /** Prices are divided to so many; a way is told to no more either. */
  private static final int MOST_DECIMALS = 6;

  private final Preferences preferences;
  private final List<Site> sites;

  /** By kind and site; empty where the price is not known. */
  private final List<List<Optional<BigDecimal>>> hourly = new ArrayList<>();

  private final List<Optional<String>> currencies = new ArrayList<>();

  /** By site: weighted mean round trip from the countries, {@link Double#NaN} when not known. */
  private final double[] latency;

  /** By kind and site: what a low price and a short way are worth, weighted. */
  private final double[][] cheap;

  private final double[][] near;
  private final double headroomShare;

  /**
   * @param eligible by kind and site
   */
  Suitability(
      Preferences preferences,
      List<Site> sites,
      List<Demand> demands,
      Catalog catalog,
      boolean[][] eligible) {
    this.preferences = preferences;
    this.sites = sites;
    latency = new double[sites.size()];
    cheap = new double[demands.size()][sites.size()];
    near = new double[demands.size()][sites.size()];
    int total = preferences.total();
    headroomShare = total == 0 ? 0 : (double) preferences.headroom() / total;
    if (total == 0) {
      return;
    }
    int ofLatency = preferences.latency();
    measure(ofLatency);
    for (int k = 0; k < demands.size(); k++) {
      price(demands.get(k), eligible[k], catalog);
      double[] prices = new double[sites.size()];
      for (int s = 0; s < prices.length; s++) {
        prices[s] = hourly.get(k).get(s).map(BigDecimal::doubleValue).orElse(Double.NaN);
      }
      double[] byPrice = lowIsGood(prices, eligible[k]);
      double[] byLatency = lowIsGood(latency, eligible[k]);
      for (int s = 0; s < sites.size(); s++) {
        cheap[k][s] = preferences.cost() * byPrice[s] / total;
        near[k][s] = ofLatency * byLatency[s] / total;
      }
    }
  }

  /**
   * Whether scores are all that the policy prefers. Headroom, which changes with each unit, is
   * weighed where units are put one by one, and is in no score.
   */
  boolean decides() {
    return headroomShare == 0 && preferences.total() > 0;
  }

  /** 0 to what share of the weights cost and latency have. */
  double score(int kind, int site) {
    return cheap[kind][site] + near[kind][site];
  }

  /** What of the score comes from a low price. */
  double cheap(int kind, int site) {
    return cheap[kind][site];
  }

  /** What of the score comes from a short way to the named people. */
  double near(int kind, int site) {
    return near[kind][site];
  }

  /** What share of the weights headroom has, 0 to 1. */
  double headroomShare() {
    return headroomShare;
  }

  /** Finds the mean round trips. */
  private void measure(int weights) {
    Map<Coordinates, Integer> people = new LinkedHashMap<>();
    preferences
        .latencyFromInOrder()
        .forEach((country, weight) -> people.put(Towns.of(country).orElseThrow(), weight));
    for (int s = 0; s < latency.length; s++) {
      Optional<Coordinates> there = sites.get(s).facts().coordinates();
      if (there.isEmpty() || weights == 0) {
        latency[s] = Double.NaN;
        continue;
      }
      double sum = 0;
      for (Map.Entry<Coordinates, Integer> from : people.entrySet()) {
        sum += from.getValue() * Latency.estimate(from.getKey(), there.get()).milliseconds();
      }
      latency[s] = sum / weights;
    }
  }

  /** Prices of a kind in the regions that it can take; unknown where they are in two currencies. */
  private void price(Demand demand, boolean[] eligible, Catalog catalog) {
    Set<String> currency = new HashSet<>();
    List<Optional<BigDecimal>> found = new ArrayList<>();
    for (int s = 0; s < sites.size(); s++) {
      Optional<BigDecimal> price =
          eligible[s] && preferences.cost() > 0
              ? hourly(demand, sites.get(s), catalog)
              : Optional.empty();
      if (price.isPresent()) {
        currency.add(sites.get(s).cloud().prices().orElseThrow().currency());
      }
      found.add(price);
    }
    boolean comparable = currency.size() == 1;
    currencies.add(comparable ? currency.stream().findFirst() : Optional.empty());
    hourly.add(comparable ? found : found.stream().map(p -> Optional.<BigDecimal>empty()).toList());
  }

  /** Of servers and volumes; empty as soon as the price of one is not known. */
  private static Optional<BigDecimal> hourly(Demand demand, Site site, Catalog catalog) {
    Optional<PriceList> prices = site.cloud().prices();
    if (prices.isEmpty() || site.region().isEmpty()) {
      return Optional.empty();
    }
    List<Optional<Measure>> measures = new ArrayList<>();
    demand
        .servers()
        .forEach(
            server ->
                measures.add(
                    Requirements.measure(server, site.cloud(), site.region().get(), catalog)));
    demand
        .volumes()
        .forEach(
            volume ->
                measures.add(
                    Optional.of(
                        Requirements.measure(volume, site.cloud(), site.region().get(), catalog))));
    return measures.stream()
        .map(measure -> measure.flatMap(prices.get()::hourly))
        .reduce((one, other) -> one.flatMap(sum -> other.map(sum::add)))
        .flatMap(sum -> sum);
  }

  /** 1 for the lowest, 0 for the highest and for what is not known. */
  private static double[] lowIsGood(double[] values, boolean[] eligible) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (int s = 0; s < values.length; s++) {
      if (eligible[s] && !Double.isNaN(values[s])) {
        least = Math.min(least, values[s]);
        most = Math.max(most, values[s]);
      }
    }
    double[] good = new double[values.length];
    for (int s = 0; s < values.length; s++) {
      if (eligible[s] && !Double.isNaN(values[s])) {
        good[s] = most > least ? (most - values[s]) / (most - least) : 1;
      }
    }
    return good;
  }

  /** What the preferences know of a kind in a region. */
  List<Phrase> why(int kind, int site) {
    List<Phrase> why = new ArrayList<>();
    if (preferences.cost() > 0) {
      why.add(cost(kind, site));
    }
    if (preferences.latency() > 0) {
      String countries = Phrase.countries(preferences.latencyFromInOrder().keySet());
      why.add(
          Double.isNaN(latency[site])
              ? Phrase.of("placement.why.people-not-known", sites.get(site).label(), countries)
              : Phrase.of(
                  "placement.why.people",
                  sites.get(site).label(),
                  Math.round(latency[site]),
                  countries));
    }
    return why;
  }

  private Phrase cost(int kind, int site) {
    Optional<BigDecimal> price = hourly.get(kind).get(site);
    if (price.isEmpty()) {
      return Phrase.of("placement.why.cost-not-known", sites.get(site).label());
    }
    BigDecimal[] known =
        hourly.get(kind).stream().flatMap(Optional::stream).sorted().toArray(BigDecimal[]::new);
    return Phrase.of(
        "placement.why.cost",
        sites.get(site).label(),
        shown(price.get()),
        currencies.get(kind).orElseThrow(),
        shown(known[0]),
        shown(known[known.length - 1]));
  }

  /** That a region, whose price is known, is the cheapest. */
  Phrase cheapest(int kind, int site, Object... where) {
    List<Object> arguments = new ArrayList<>(List.of(where));
    arguments.add(shown(hourly.get(kind).get(site).orElseThrow()));
    arguments.add(currencies.get(kind).orElseThrow());
    return Phrase.of("placement.why.cheapest", arguments.toArray());
  }

  /** That a region, whose coordinates are known, is nearest to the named people. */
  Phrase nearest(int site, Object... where) {
    List<Object> arguments = new ArrayList<>(List.of(where));
    arguments.add(Phrase.number(Math.round(latency[site])));
    arguments.add(Phrase.countries(preferences.latencyFromInOrder().keySet()));
    return Phrase.of("placement.why.nearest", arguments.toArray());
  }

  /** That a region costs more than another one whose price is known, or not known how much. */
  Phrase dearer(int kind, int site, int than) {
    Optional<BigDecimal> there = hourly.get(kind).get(site);
    if (there.isEmpty()) {
      return Phrase.of("placement.outweighed.price-not-known");
    }
    BigDecimal here = hourly.get(kind).get(than).orElseThrow();
    int decimals = Apart.decimals(there.get(), here, PRICE_DECIMALS, MOST_DECIMALS);
    return Phrase.of(
        "placement.outweighed.dearer",
        shown(there.get(), decimals),
        currencies.get(kind).orElseThrow(),
        shown(here, decimals));
  }

  /** That a region is farther from the named people than another one that is known how far. */
  Phrase farther(int site, int than) {
    if (Double.isNaN(latency[site])) {
      return Phrase.of("placement.outweighed.people-not-known");
    }
    BigDecimal there = BigDecimal.valueOf(latency[site]);
    BigDecimal here = BigDecimal.valueOf(latency[than]);
    int decimals = Apart.decimals(there, here, 0, MOST_DECIMALS);
    return Phrase.of(
        "placement.outweighed.people",
        Phrase.number(Apart.rounded(there, decimals)),
        Phrase.countries(preferences.latencyFromInOrder().keySet()),
        Phrase.number(Apart.rounded(here, decimals)));
  }

  private static String shown(BigDecimal price) {
    return shown(price, PRICE_DECIMALS);
  }

  private static String shown(BigDecimal price, int decimals) {
    BigDecimal written = Apart.rounded(price, decimals).stripTrailingZeros();
    return Phrase.number(written.scale() < 0 ? written.setScale(0) : written);
  }
}
