package io.isthmus.rest.quota;

import io.isthmus.domain.quota.Holding;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** What a project has in a region, by its stacks' plans and by what is there. */
public record HoldingBody(String cloud, String region, Map<String, AmountsBody> amounts) {

  /**
   * Of one kind.
   *
   * @param inCloud absent where it is not known, as is {@code outside}
   * @param readAt absent when it was never read
   */
  public record AmountsBody(long planned, Long inCloud, Long outside, Instant readAt) {}

  static HoldingBody of(Holding holding) {
    Map<String, AmountsBody> amounts = new TreeMap<>();
    holding
        .amounts()
        .forEach(
            (kind, told) ->
                amounts.put(
                    kind.text(),
                    new AmountsBody(
                        told.planned(),
                        known(told.inCloud()),
                        known(told.outside()),
                        told.readAt().orElse(null))));
    return new HoldingBody(holding.region().cloud().text(), holding.region().region(), amounts);
  }

  private static Long known(OptionalLong amount) {
    return amount.isPresent() ? amount.getAsLong() : null;
  }
}
