package io.isthmus.domain.campaign;

import io.isthmus.domain.cloud.PriceItem;
import io.isthmus.domain.placement.ResourceChange;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a campaign makes, or would make, of all its stacks together.
 *
 * @param resources how many become what, without those that stay as and where they are
 * @param interrupted of how many something is interrupted
 * @param hourly what it costs more, or less, by currency
 * @param whole whether all prices are known
 */
public record CampaignTotals(
    Map<ResourceChange.Kind, Integer> resources,
    int interrupted,
    SortedMap<String, BigDecimal> hourly,
    boolean whole) {

  static CampaignTotals of(List<CampaignStack> stacks) {
    Map<ResourceChange.Kind, Integer> resources = new EnumMap<>(ResourceChange.Kind.class);
    SortedMap<String, BigDecimal> hourly = new TreeMap<>();
    int interrupted = 0;
    boolean whole = true;
    for (CampaignStack stack : stacks) {
      if (stack.preview().isPresent()) {
        StackPreview preview = stack.preview().get();
        preview.counts().forEach((kind, count) -> resources.merge(kind, count, Integer::sum));
        preview.cost().hourly().forEach((unit, sum) -> hourly.merge(unit, sum, BigDecimal::add));
        interrupted += preview.interrupted();
        whole &= preview.cost().whole();
      }
    }
    return new CampaignTotals(resources, interrupted, hourly, whole);
  }

  public int count(ResourceChange.Kind kind) {
    return resources.getOrDefault(kind, 0);
  }

  /** The same for 730 hours. */
  public SortedMap<String, BigDecimal> monthly() {
    SortedMap<String, BigDecimal> sums = new TreeMap<>();
    hourly.forEach(
        (unit, sum) -> sums.put(unit, sum.multiply(BigDecimal.valueOf(PriceItem.MONTH_HOURS))));
    return sums;
  }
}
