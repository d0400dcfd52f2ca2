package io.isthmus.domain.placement;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.PriceItem;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one estimate is above another, of what has a known price.
 *
 * @param hourly by currency; below zero for what costs less; those that are in neither are absent
 * @param clouds those in which something is paid for before or after, by id
 * @param whole whether all prices are known, before and after
 */
public record CostDifference(
    SortedMap<String, BigDecimal> hourly, List<InCloud> clouds, boolean whole) {

  /**
   * In one cloud.
   *
   * @param currency empty when no price is known
   * @param whole whether all prices there are known, before and after
   */
  public record InCloud(
      CloudId cloud, Optional<String> currency, BigDecimal hourly, boolean whole) {

    /** For 730 hours. */
    public BigDecimal monthly() {
      return hourly.multiply(BigDecimal.valueOf(PriceItem.MONTH_HOURS));
    }
  }

  public CostDifference {
    clouds = List.copyOf(clouds);
  }

  static CostDifference between(Estimate before, Estimate after) {
    SortedMap<String, BigDecimal> hourly = new TreeMap<>(after.hourly());
    before
        .hourly()
        .forEach((currency, sum) -> hourly.merge(currency, sum.negate(), BigDecimal::add));
    SortedSet<CloudId> ids = new TreeSet<>();
    before.clouds().forEach(cost -> ids.add(cost.cloud()));
    after.clouds().forEach(cost -> ids.add(cost.cloud()));
    List<InCloud> clouds = new ArrayList<>();
    for (CloudId id : ids) {
      Optional<Estimate.CloudCost> old = of(before, id);
      Optional<Estimate.CloudCost> fresh = of(after, id);
      Optional<String> was = old.flatMap(Estimate.CloudCost::currency);
      Optional<String> will = fresh.flatMap(Estimate.CloudCost::currency);
      if (was.isPresent() && will.isPresent() && !was.equals(will)) {
        // The cloud's prices are in another currency now; one is no part of the other.
        clouds.add(new InCloud(id, was, hourly(old).negate(), old.get().isWhole()));
        clouds.add(new InCloud(id, will, hourly(fresh), fresh.get().isWhole()));
      } else {
        boolean whole =
            old.map(Estimate.CloudCost::isWhole).orElse(true)
                && fresh.map(Estimate.CloudCost::isWhole).orElse(true);
        clouds.add(new InCloud(id, will.or(() -> was), hourly(fresh).subtract(hourly(old)), whole));
      }
    }
    return new CostDifference(hourly, clouds, before.isWhole() && after.isWhole());
  }

  private static Optional<Estimate.CloudCost> of(Estimate estimate, CloudId cloud) {
    return estimate.clouds().stream().filter(cost -> cost.cloud().equals(cloud)).findFirst();
  }

  private static BigDecimal hourly(Optional<Estimate.CloudCost> cost) {
    return cost.map(Estimate.CloudCost::hourly).orElse(BigDecimal.ZERO);
  }

  /** The same for 730 hours. */
  public SortedMap<String, BigDecimal> monthly() {
    SortedMap<String, BigDecimal> sums = new TreeMap<>();
    hourly.forEach(
        (currency, sum) ->
            sums.put(currency, sum.multiply(BigDecimal.valueOf(PriceItem.MONTH_HOURS))));
    return sums;
  }
}
