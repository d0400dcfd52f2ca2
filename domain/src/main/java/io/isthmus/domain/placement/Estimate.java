package io.isthmus.domain.placement;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.CloudView;
import io.isthmus.domain.cloud.FederationSnapshot;
import io.isthmus.domain.cloud.Measure;
import io.isthmus.domain.cloud.PriceItem;
import io.isthmus.domain.cloud.PriceList;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What a placement will cost, by the prices that were known when it was made. What has no known
 * price is told, and is not taken for free.
 *
 * @param clouds those in which something is paid for, by id
 */
public record Estimate(List<CloudCost> clouds) {

  public static final Estimate NONE = new Estimate(List.of());

  /** Types of which clouds ask something, when it is known what they are. */
  private static final Set<String> PAID_FOR = Set.of("OS::Nova::Server", "OS::Cinder::Volume");

  private static final BigDecimal MONTH_HOURS = BigDecimal.valueOf(PriceItem.MONTH_HOURS);

  /**
   * In one cloud.
   *
   * @param currency ISO 4217 code; empty when no price is known
   * @param hourly the sum of what is known
   * @param unknown what has no known price, as often as it is there
   * @param unmeasured resources of which is not known what they will be, such as servers whose
   *     flavor depends on another resource
   */
  public record CloudCost(
      CloudId cloud,
      Optional<String> currency,
      BigDecimal hourly,
      List<Measure> unknown,
      List<String> unmeasured) {

    public CloudCost {
      unknown = List.copyOf(unknown);
      unmeasured = List.copyOf(unmeasured);
    }

    /** Of what is measured whole. */
    public CloudCost(
        CloudId cloud, Optional<String> currency, BigDecimal hourly, List<Measure> unknown) {
      this(cloud, currency, hourly, unknown, List.of());
    }

    /** For 730 hours. */
    public BigDecimal monthly() {
      return hourly.multiply(MONTH_HOURS);
    }

    /** Whether the sum is all. */
    public boolean isWhole() {
      return unknown.isEmpty() && unmeasured.isEmpty();
    }
  }

  public Estimate {
    clouds = List.copyOf(clouds);
  }

  static Estimate of(Collection<PlannedPart> parts, FederationSnapshot federation) {
    return of(parts, cloud -> federation.find(cloud).flatMap(CloudView::prices));
  }

  /**
   * @param prices what a cloud asks, if that is known
   */
  public static Estimate of(
      Collection<PlannedPart> parts, Function<CloudId, Optional<PriceList>> prices) {
    SortedMap<CloudId, List<Measure>> measures = new TreeMap<>();
    SortedMap<CloudId, List<String>> unmeasured = new TreeMap<>();
    for (PlannedPart part : parts) {
      CloudId cloud = part.id().cloud();
      if (part.measure().isPresent()) {
        measures.computeIfAbsent(cloud, any -> new ArrayList<>()).add(part.measure().get());
      } else if (PAID_FOR.contains(part.type())) {
        unmeasured.computeIfAbsent(cloud, any -> new ArrayList<>()).add(part.id().resource());
      }
    }
    return of(measures, unmeasured, prices);
  }

  /**
   * @param measures what is paid for, by cloud
   * @param prices what a cloud asks, if that is known
   */
  public static Estimate of(
      Map<CloudId, List<Measure>> measures, Function<CloudId, Optional<PriceList>> prices) {
    return of(measures, Map.of(), prices);
  }

  private static Estimate of(
      Map<CloudId, List<Measure>> measures,
      Map<CloudId, List<String>> unmeasured,
      Function<CloudId, Optional<PriceList>> prices) {
    SortedSet<CloudId> clouds = new TreeSet<>(measures.keySet());
    clouds.addAll(unmeasured.keySet());
    return new Estimate(
        clouds.stream()
            .map(
                cloud ->
                    cost(
                        cloud,
                        measures.getOrDefault(cloud, List.of()),
                        unmeasured.getOrDefault(cloud, List.of()),
                        prices.apply(cloud)))
            .toList());
  }

  private static CloudCost cost(
      CloudId cloud, List<Measure> measures, List<String> unmeasured, Optional<PriceList> prices) {
    BigDecimal hourly = BigDecimal.ZERO;
    List<Measure> unknown = new ArrayList<>();
    for (Measure measure : measures) {
      Optional<BigDecimal> price = prices.flatMap(list -> list.hourly(measure));
      if (price.isPresent()) {
        hourly = hourly.add(price.get());
      } else {
        unknown.add(measure);
      }
    }
    return new CloudCost(
        cloud,
        unknown.size() == measures.size() ? Optional.empty() : prices.map(PriceList::currency),
        hourly,
        unknown,
        unmeasured);
  }

  /** The sums for an hour by currency; of what is known. */
  public SortedMap<String, BigDecimal> hourly() {
    SortedMap<String, BigDecimal> sums = new TreeMap<>();
    clouds.forEach(
        cost ->
            cost.currency()
                .ifPresent(currency -> sums.merge(currency, cost.hourly(), BigDecimal::add)));
    return sums;
  }

  /** The same for 730 hours. */
  public SortedMap<String, BigDecimal> monthly() {
    SortedMap<String, BigDecimal> sums = new TreeMap<>();
    hourly().forEach((currency, sum) -> sums.put(currency, sum.multiply(MONTH_HOURS)));
    return sums;
  }

  /** Whether the price of everything is known. */
  public boolean isWhole() {
    return clouds.stream().allMatch(CloudCost::isWhole);
  }
}
