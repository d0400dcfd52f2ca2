package io.isthmus.domain.quota;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.Allowance;
import io.isthmus.domain.cloud.Allowances;
import io.isthmus.domain.cloud.Cloud;
import io.isthmus.domain.cloud.CloudFacts;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Extent;
import io.isthmus.domain.cloud.Limit;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.placement.Jurisdictions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Quotas with what counts against each. */
@ApplicationScoped
public class QuotaAllowances implements Allowances {

  private QuotaStore store;
  private Consumption consumption;

  @Inject
  public QuotaAllowances(QuotaStore store, Consumption consumption) {
    this.store = store;
    this.consumption = consumption;
  }

  /** For the container's proxies. */
  protected QuotaAllowances() {}

  @Override
  public List<Allowance> of(ProjectId project, List<Cloud> members) {
    List<Quota> quotas =
        store.of(project.tenant()).stream()
            .filter(quota -> quota.holder().holds(project) && !quota.maxima().isEmpty())
            .toList();
    return uses(quotas, members).stream()
        .map(use -> new Allowance(use.quota().holder().of(), use.quota().extent(), use.limits()))
        .toList();
  }

  /** Quotas in their order, each with what counts against it. */
  List<QuotaUse> uses(List<Quota> quotas, List<Cloud> members) {
    Map<CloudId, CloudFacts> facts =
        members.stream().collect(Collectors.toMap(Cloud::id, Cloud::facts));
    Map<String, List<Consumption.Consumed>> consumed = new HashMap<>();
    return quotas.stream()
        .map(
            quota ->
                use(
                    quota,
                    consumed.computeIfAbsent(quota.holder().tenant(), consumption::of),
                    facts))
        .toList();
  }

  private static QuotaUse use(
      Quota quota, List<Consumption.Consumed> all, Map<CloudId, CloudFacts> facts) {
    Map<LimitKind, Limit> limits = new EnumMap<>(LimitKind.class);
    quota
        .maxima()
        .forEach(
            (kind, maximum) ->
                limits.put(
                    kind,
                    new Limit(
                        maximum,
                        all.stream()
                            .filter(one -> quota.holder().holds(one.project()))
                            .filter(one -> covers(quota.extent(), one, facts))
                            .mapToLong(one -> one.amounts().getOrDefault(kind, 0L))
                            .sum())));
    return new QuotaUse(quota, limits);
  }

  /** What is in a cloud that is no member any more counts over all clouds only. */
  private static boolean covers(
      Extent extent, Consumption.Consumed one, Map<CloudId, CloudFacts> facts) {
    Optional<CloudFacts> known = Optional.ofNullable(facts.get(one.region().cloud()));
    return Jurisdictions.covers(
        extent,
        one.region().cloud(),
        known.map(CloudFacts::operator),
        known.flatMap(cloud -> cloud.of(one.region().region()).country()));
  }
}
