package io.isthmus.rest.placement;

import io.isthmus.domain.network.Segment;
import io.isthmus.domain.placement.Estimate;
import io.isthmus.domain.placement.Failover;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.placement.Plan;
import io.isthmus.domain.placement.PlannedPart;
import io.isthmus.domain.placement.Probe;
import io.isthmus.domain.placement.Resolution;
import io.isthmus.domain.placement.Wiring;
import io.isthmus.domain.stack.StackId;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A kept plan.
 *
 * @param parameters as given, hidden ones masked
 * @param resources every physical resource that would be made, each after what it requires
 * @param decisions where each resource of the template goes, and why
 * @param cost by the prices that were known when it was made
 * @param stack what it became; null until it is accepted
 * @param update what it makes of a stack that is there; null for one that becomes a new stack
 */
public record PlanBody(
    String id,
    String project,
    String name,
    JsonObject parameters,
    List<ResourceBody> resources,
    WiringBody wiring,
    List<DecisionBody> decisions,
    CostBody cost,
    String fingerprint,
    String createdAt,
    String expiresAt,
    String createdBy,
    String acceptedAt,
    String stack,
    UpdateBody update) {

  /** One physical resource. */
  public record ResourceBody(
      String resource,
      String type,
      String cloud,
      String region,
      String availabilityZone,
      List<ResolutionBody> resolutions,
      List<String> requires,
      FailoverBody failover) {
    static ResourceBody of(PlannedPart part, Locale locale) {
      return new ResourceBody(
          part.id().resource(),
          part.type(),
          part.id().cloud().text(),
          part.id().region(),
          part.availabilityZone().orElse(null),
          part.resolutions().stream().map(each -> ResolutionBody.of(each, locale)).toList(),
          part.requires().stream().sorted().map(PartId::toString).toList(),
          part.failover().map(FailoverBody::of).orElse(null));
    }
  }

  /**
   * What the policy says of a server whose place is lost.
   *
   * @param afterSeconds for how long its probes have to fail before it counts as failing
   * @param tries how often in a row they have to fail, too
   * @param probes such as {@code https:443/health 200}
   * @param onReturn what becomes of it when its cloud is back after it was replaced
   */
  public record FailoverBody(
      String mode, long afterSeconds, int tries, List<String> probes, String onReturn) {
    static FailoverBody of(Failover failover) {
      return new FailoverBody(
          failover.mode().text(),
          failover.after().toSeconds(),
          failover.tries(),
          failover.probes().stream().map(Probe::toString).toList(),
          failover.onReturn().text());
    }
  }

  /** What a property becomes there. */
  public record ResolutionBody(String property, JsonValue value, String why) {
    static ResolutionBody of(Resolution resolution, Locale locale) {
      return new ResolutionBody(
          resolution.property(), resolution.value(), resolution.why().in(locale));
    }
  }

  /** Addresses in each region, and what else to know. */
  public record WiringBody(List<SegmentBody> segments, List<String> remarks) {
    static WiringBody of(Wiring wiring, Locale locale) {
      return new WiringBody(
          wiring.segments().stream().map(SegmentBody::of).toList(),
          DecisionBody.words(wiring.remarks(), locale));
    }
  }

  /** A subnet's addresses in one region. */
  public record SegmentBody(String subnet, String cloud, String region, String cidr) {
    static SegmentBody of(Segment segment) {
      return new SegmentBody(
          segment.subnet(),
          segment.region().cloud().text(),
          segment.region().region(),
          segment.cidr());
    }
  }

  /**
   * What it costs, of what has a known price.
   *
   * @param hourly by currency
   * @param monthly by currency, for 730 hours
   */
  public record CostBody(
      Map<String, BigDecimal> hourly, Map<String, BigDecimal> monthly, List<CloudCostBody> clouds) {
    static CostBody of(Estimate cost) {
      return new CostBody(
          cost.hourly(), cost.monthly(), cost.clouds().stream().map(CloudCostBody::of).toList());
    }
  }

  /**
   * The same in one cloud.
   *
   * @param currency absent when no price is known
   * @param unknown what has no known price, and how many of it
   * @param unmeasured resources of which is not known what they will be
   */
  public record CloudCostBody(
      String cloud,
      String currency,
      BigDecimal hourly,
      BigDecimal monthly,
      Map<String, Long> unknown,
      List<String> unmeasured) {
    static CloudCostBody of(Estimate.CloudCost cost) {
      Map<String, Long> unknown = new TreeMap<>();
      cost.unknown()
          .forEach(
              measure -> unknown.merge(measure.item().toString(), measure.amount(), Long::sum));
      return new CloudCostBody(
          cost.cloud().text(),
          cost.currency().orElse(null),
          cost.hourly(),
          cost.monthly(),
          unknown,
          cost.unmeasured());
    }
  }

  static PlanBody of(Plan plan, Optional<StackId> stack, Locale locale) {
    return new PlanBody(
        plan.id().toString(),
        plan.project().toString(),
        plan.name(),
        plan.parameters(),
        plan.placement().parts().stream().map(part -> ResourceBody.of(part, locale)).toList(),
        WiringBody.of(plan.placement().wiring(), locale),
        plan.placement().decisions().stream()
            .map(decision -> DecisionBody.of(decision, locale))
            .toList(),
        CostBody.of(plan.placement().cost()),
        plan.fingerprint(),
        plan.createdAt().toString(),
        plan.expiresAt().toString(),
        plan.createdBy(),
        plan.acceptedAt().map(Instant::toString).orElse(null),
        stack.map(StackId::toString).orElse(null),
        plan.update().map(update -> UpdateBody.of(plan, update, locale)).orElse(null));
  }
}
