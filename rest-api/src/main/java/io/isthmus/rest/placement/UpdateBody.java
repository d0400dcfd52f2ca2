package io.isthmus.rest.placement;

import io.isthmus.domain.placement.CostDifference;
import io.isthmus.domain.placement.Plan;
import io.isthmus.domain.placement.PlannedUpdate;
import io.isthmus.domain.placement.ResourceChange;
import io.isthmus.rest.placement.DecisionBody.PlaceBody;
import io.isthmus.rest.placement.PlanBody.CostBody;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a plan makes of a stack that is there.
 *
 * @param stack its id
 * @param version of the stack that was seen
 * @param changes what becomes of each resource, in the template's order
 * @param costBefore what the stack costs as it is, by the prices that were known
 * @param costDifference what it costs more or less afterwards
 */
public record UpdateBody(
    String stack,
    long version,
    List<ChangeBody> changes,
    CostBody costBefore,
    DifferenceBody costDifference) {

  /**
   * What becomes of one resource.
   *
   * @param kind {@code unchanged}, {@code updated}, {@code replaced}, {@code added}, {@code
   *     removed} or {@code moved}
   * @param causes properties whose change causes it
   * @param interruption what is interrupted or lost; absent when nothing is
   */
  public record ChangeBody(
      String resource,
      String type,
      String kind,
      List<PlaceBody> from,
      List<PlaceBody> to,
      List<String> causes,
      String interruption) {
    public static ChangeBody of(ResourceChange change, Locale locale) {
      return new ChangeBody(
          change.resource(),
          change.type(),
          change.kind().name().toLowerCase(Locale.ROOT),
          change.from().stream().map(PlaceBody::of).toList(),
          change.to().stream().map(PlaceBody::of).toList(),
          change.causes(),
          change.interruption().map(what -> what.in(locale)).orElse(null));
    }
  }

  /**
   * Of what has a known price.
   *
   * @param hourly by currency; below zero when it costs less
   * @param monthly by currency, for 730 hours
   * @param whole whether all prices are known, before and after
   */
  public record DifferenceBody(
      Map<String, BigDecimal> hourly,
      Map<String, BigDecimal> monthly,
      boolean whole,
      List<CloudDifferenceBody> clouds) {
    public static DifferenceBody of(CostDifference difference) {
      return new DifferenceBody(
          difference.hourly(),
          difference.monthly(),
          difference.whole(),
          difference.clouds().stream().map(CloudDifferenceBody::of).toList());
    }
  }

  /**
   * The same in one cloud.
   *
   * @param currency absent when no price is known
   */
  public record CloudDifferenceBody(
      String cloud, String currency, BigDecimal hourly, BigDecimal monthly, boolean whole) {
    static CloudDifferenceBody of(CostDifference.InCloud difference) {
      return new CloudDifferenceBody(
          difference.cloud().text(),
          difference.currency().orElse(null),
          difference.hourly(),
          difference.monthly(),
          difference.whole());
    }
  }

  static UpdateBody of(Plan plan, PlannedUpdate update, Locale locale) {
    return new UpdateBody(
        update.stack().toString(),
        update.version(),
        update.changes().stream().map(change -> ChangeBody.of(change, locale)).toList(),
        CostBody.of(update.before()),
        DifferenceBody.of(update.difference(plan.placement().cost())));
  }
}
