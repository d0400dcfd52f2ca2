package io.isthmus.rest.cloud;

import io.isthmus.domain.cloud.Cloud;
import io.isthmus.domain.cloud.CloudDetails;
import io.isthmus.domain.cloud.CloudFacts;
import io.isthmus.domain.cloud.CloudHealth;
import io.isthmus.domain.cloud.CloudInventory;
import io.isthmus.domain.cloud.CloudView;
import io.isthmus.domain.cloud.Operator;
import io.isthmus.domain.cloud.PriceItem;
import io.isthmus.domain.cloud.PriceList;
import io.isthmus.domain.cloud.entry.FactsWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A member cloud. What is not known is left out.
 *
 * @param hue 1 to 8, the colour that pictures give it
 * @param accessible whether the project has an access to it; absent for administrators
 * @param inventory what the project finds there; absent for administrators, who see accesses
 * @param mirror {@code whole} or {@code names}: how much of what is in it its entry lets be kept
 * @param prices absent when not known
 * @param factsYaml all facts as a change takes them; only for administrators
 * @param accesses every project's way into it; only for administrators
 */
public record CloudBody(
    String id,
    String name,
    int hue,
    boolean enabled,
    Boolean accessible,
    OperatorBody operator,
    RegionFactsBody facts,
    Map<String, RegionFactsBody> regionFacts,
    List<CertificationBody> certifications,
    String mirror,
    PricesBody prices,
    HealthBody health,
    InventoryBody inventory,
    String authUrl,
    Long version,
    String factsYaml,
    List<AccessBody> accesses) {

  /**
   * Who runs it.
   *
   * @param exposedTo jurisdictions whose law reaches the operator; absent when not known
   */
  public record OperatorBody(String id, String name, String seat, List<String> exposedTo) {
    static OperatorBody of(Operator operator) {
      return new OperatorBody(
          operator.id(),
          operator.name(),
          operator.seat().orElse(null),
          operator.exposedTo().map(set -> set.stream().sorted().toList()).orElse(null));
    }
  }

  /** A certificate and its last day. */
  public record CertificationBody(String name, String until) {}

  /**
   * What the cloud asks; what is not listed is not known.
   *
   * @param currency ISO 4217
   * @param flavorHour of a server for an hour, by flavor
   * @param volumeGibMonth of a GiB of a volume for a month of 730 hours, of types without a price
   *     of their own
   * @param volumeTypeGibMonth the same by type; absent when no type has its own
   * @param addressHour of a floating IP for an hour
   * @param egressGib of a GiB that leaves the cloud
   */
  public record PricesBody(
      String currency,
      Map<String, BigDecimal> flavorHour,
      BigDecimal volumeGibMonth,
      Map<String, BigDecimal> volumeTypeGibMonth,
      BigDecimal addressHour,
      BigDecimal egressGib) {
    static PricesBody of(PriceList list) {
      Map<String, BigDecimal> flavors = new TreeMap<>();
      Map<String, BigDecimal> types = new TreeMap<>();
      list.prices()
          .forEach(
              (item, price) -> {
                if (item.kind() == PriceItem.Kind.FLAVOR_HOUR) {
                  flavors.put(item.name(), price);
                } else if (item.kind() == PriceItem.Kind.VOLUME_GIB_MONTH
                    && !item.name().isEmpty()) {
                  types.put(item.name(), price);
                }
              });
      return new PricesBody(
          list.currency(),
          flavors,
          list.prices().get(PriceItem.volume("")),
          types.isEmpty() ? null : types,
          list.prices().get(PriceItem.address()),
          list.prices().get(PriceItem.egress()));
    }
  }

  /** How the cloud was at the last look. */
  public record HealthBody(String state, String since, String seenAt, String reason) {
    static HealthBody of(CloudHealth health, Locale locale) {
      return new HealthBody(
          health.state().name(),
          health.since().toString(),
          health.seenAt().map(Instant::toString).orElse(null),
          health.reason().map(reason -> reason.in(locale)).orElse(null));
    }
  }

  /** One project's way into the cloud, without its secrets. */
  public record AccessBody(
      String project,
      String signsInAs,
      String openstackProject,
      List<String> regions,
      HealthBody health,
      InventoryBody inventory) {
    static AccessBody of(CloudDetails.AccessDetails details, Locale locale) {
      return new AccessBody(
          details.access().project().toString(),
          details.access().signsInAs(),
          details.inventory().flatMap(CloudInventory::account).orElse(null),
          details.access().regions(),
          HealthBody.of(details.health(), locale),
          details.inventory().map(read -> InventoryBody.of(read, locale)).orElse(null));
    }
  }

  static CloudBody of(CloudView cloud, Locale locale) {
    CloudFacts facts = cloud.facts();
    return new CloudBody(
        cloud.id().text(),
        cloud.name(),
        cloud.hue(),
        cloud.enabled(),
        cloud.accessible(),
        facts.operator().known() ? OperatorBody.of(facts.operator()) : null,
        RegionFactsBody.of(facts.base()),
        regions(facts),
        certifications(facts),
        facts.mirrored().text(),
        cloud.prices().map(PricesBody::of).orElse(null),
        HealthBody.of(cloud.health(), locale),
        cloud.inventory().map(read -> InventoryBody.of(read, locale)).orElse(null),
        null,
        null,
        null,
        null);
  }

  static CloudBody of(CloudDetails details, Locale locale) {
    Cloud cloud = details.cloud();
    CloudFacts facts = cloud.facts();
    return new CloudBody(
        cloud.id().text(),
        cloud.name(),
        cloud.hue(),
        cloud.enabled(),
        null,
        facts.operator().known() ? OperatorBody.of(facts.operator()) : null,
        RegionFactsBody.of(facts.base()),
        regions(facts),
        certifications(facts),
        facts.mirrored().text(),
        details.prices().map(PricesBody::of).orElse(null),
        HealthBody.of(details.health(), locale),
        null,
        cloud.authUrl().toString(),
        cloud.version(),
        FactsWriter.write(facts),
        details.accesses().stream().map(access -> AccessBody.of(access, locale)).toList());
  }

  private static Map<String, RegionFactsBody> regions(CloudFacts facts) {
    Map<String, RegionFactsBody> regions = new TreeMap<>();
    facts.regions().forEach((name, region) -> regions.put(name, RegionFactsBody.of(region)));
    return regions.isEmpty() ? null : regions;
  }

  private static List<CertificationBody> certifications(CloudFacts facts) {
    return facts.certifications().stream()
        .map(
            held ->
                new CertificationBody(held.name(), held.until().map(Object::toString).orElse(null)))
        .toList();
  }
}
