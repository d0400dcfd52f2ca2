package io.isthmus.domain.quota;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.audit.Audited;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.tenant.TenantService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tells, region by region, what a project's stacks plan beside what its accounts have by the mirror
 * and how much of that no stack of the project knows of. Both count against the clouds' own quotas;
 * the federation's count what is planned only. Waits for no cloud.
 */
@ApplicationScoped
public class HoldingService {

  /** What the mirror can count. */
  public static final List<LimitKind> KINDS =
      List.of(
          LimitKind.INSTANCES,
          LimitKind.VOLUMES,
          LimitKind.VOLUME_GIB,
          LimitKind.NETWORKS,
          LimitKind.FLOATING_IPS);

  private Consumption consumption;
  private CloudHoldings holdings;
  private TenantService tenants;

  @Inject
  public HoldingService(Consumption consumption, CloudHoldings holdings, TenantService tenants) {
    this.consumption = consumption;
    this.holdings = holdings;
    this.tenants = tenants;
  }

  /** For the container's proxies. */
  protected HoldingService() {}

  /**
   * What a project has, in the regions where it has an access or something of a stack.
   *
   * @throws FederationFault NOT_FOUND when the project is not one of the caller's
   */
  @Audited(action = "read", target = "quota")
  @Transactional
  public List<Holding> of(ProjectId project, Caller caller) {
    tenants.requireReader(caller, project);
    Map<Place, Map<LimitKind, Holding.Amounts>> regions = new TreeMap<>();
    for (Consumption.Consumed one : consumption.of(project.tenant())) {
      if (one.project().equals(project)) {
        Map<LimitKind, Holding.Amounts> known =
            regions.computeIfAbsent(one.region().regionOnly(), HoldingService::nothing);
        one.amounts()
            .forEach(
                (kind, amount) ->
                    known.computeIfPresent(
                        kind,
                        (same, before) -> Holding.Amounts.unknown(before.planned() + amount)));
      }
    }
    for (CloudHoldings.Held held : holdings.of(project)) {
      regions
          .computeIfAbsent(held.region(), HoldingService::nothing)
          .computeIfPresent(
              held.kind(),
              (kind, before) ->
                  new Holding.Amounts(
                      before.planned(), held.amount(), held.outside(), held.readAt()));
    }
    return regions.entrySet().stream()
        .map(region -> new Holding(region.getKey(), region.getValue()))
        .toList();
  }

  private static Map<LimitKind, Holding.Amounts> nothing(Place region) {
    Map<LimitKind, Holding.Amounts> amounts = new EnumMap<>(LimitKind.class);
    KINDS.forEach(kind -> amounts.put(kind, Holding.Amounts.unknown(0)));
    return amounts;
  }
}
