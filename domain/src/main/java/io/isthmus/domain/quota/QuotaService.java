package io.isthmus.domain.quota;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.audit.Audited;
import io.isthmus.domain.cloud.Allowance;
import io.isthmus.domain.cloud.Allowances;
import io.isthmus.domain.cloud.Cloud;
import io.isthmus.domain.cloud.CloudStore;
import io.isthmus.domain.cloud.Extent;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Jurisdictions;
import io.isthmus.domain.tenant.TenantService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Sets and shows the federation's own quotas. They are compared with what stacks wish for when a
 * plan is made and once more when it is accepted, in the transaction that records the stack and
 * while nobody else of the tenant accepts one; clouds are told nothing, so that there is nothing to
 * be synchronised that could be late.
 */
@ApplicationScoped
public class QuotaService {

  /** So large that no sum of what one tenant has can overflow. */
  public static final long MOST = 1_000_000_000_000L;

  private QuotaStore store;
  private Allowances allowances;
  private Supplier<List<Cloud>> members;
  private TenantService tenants;

  @Inject
  QuotaService(QuotaStore store, Allowances allowances, CloudStore clouds, TenantService tenants) {
    this(store, allowances, clouds::clouds, tenants);
  }

  QuotaService(
      QuotaStore store,
      Allowances allowances,
      Supplier<List<Cloud>> members,
      TenantService tenants) {
    this.store = store;
    this.allowances = allowances;
    this.members = members;
    this.tenants = tenants;
  }

  /** For the container's proxies. */
  protected QuotaService() {}

  /**
   * What a project and its tenant may have, and have.
   *
   * @throws FederationFault NOT_FOUND when the project is not one of the caller's
   */
  @Audited(action = "read", target = "quota")
  @Transactional
  public List<Allowance> of(ProjectId project, Caller caller) {
    tenants.requireReader(caller, project);
    return allowances.of(project, members.get());
  }

  /**
   * The quotas of a tenant and of its projects, by project and part of the federation.
   *
   * @throws FederationFault NOT_FOUND for a tenant that the caller is not of
   */
  @Audited(action = "read/list", target = "quota")
  @Transactional
  public List<Quota> list(String tenant, Caller caller) {
    requireKnown(tenant, caller);
    return store.of(tenant);
  }

  /**
   * One quota; without maxima and of version 0 when none was ever set.
   *
   * @throws FederationFault NOT_FOUND for a tenant that the caller is not of
   */
  @Audited(action = "read", target = "quota")
  @Transactional
  public Quota find(QuotaHolder holder, Extent extent, Caller caller) {
    requireKnown(holder.tenant(), caller);
    return store.find(holder, extent);
  }

  /**
   * Sets what a holder may have; what runs stays, even where it is more.
   *
   * @param maxima by kind, −1 to {@link #MOST}; what is not named is not limited
   * @param version the one that was read
   * @throws FederationFault FORBIDDEN for who does not administer the federation; NOT_FOUND;
   *     REQUEST_INVALID; STALE_VERSION
   */
  @Audited(action = "update", target = "quota")
  @Transactional
  public Quota set(
      QuotaHolder holder, Extent extent, Map<LimitKind, Long> maxima, long version, Caller caller) {
    caller.requireFederationAdmin();
    requireKnown(holder.tenant(), caller);
    requireKnown(extent);
    maxima.forEach(QuotaService::requireAmount);
    Quota before = store.find(holder, extent);
    Quota wanted =
        new Quota(holder, extent, maxima, version, before.changedAt(), before.changedBy());
    if (!store.put(wanted, caller.name())) {
      throw new FederationFault(
          FaultCode.STALE_VERSION, Phrase.of("quota.stale", holder, extent.text()));
    }
    return store.find(holder, extent);
  }

  private void requireKnown(String tenant, Caller caller) {
    if (!tenants.tenants(caller).contains(tenant)) {
      throw FederationFault.notFound("tenant", tenant);
    }
  }

  private void requireKnown(Extent extent) {
    List<Cloud> clouds = members.get();
    if (extent instanceof Extent.OfCloud of
        && clouds.stream().noneMatch(cloud -> cloud.id().equals(of.cloud()))) {
      throw FederationFault.notFound("cloud", of.cloud().text());
    }
    if (extent instanceof Extent.OfOperator of
        && clouds.stream()
            .noneMatch(cloud -> cloud.facts().operator().id().equals(of.operator()))) {
      throw FederationFault.notFound("operator", of.operator());
    }
    if (extent instanceof Extent.OfJurisdiction of && !Jurisdictions.isKnown(of.jurisdiction())) {
      throw invalid("extent", Phrase.of("quota.jurisdiction-unknown", of.jurisdiction()));
    }
  }

  private static void requireAmount(LimitKind kind, long maximum) {
    if (maximum < -1 || maximum > MOST) {
      throw invalid(
          "limits." + kind.text(),
          Phrase.of("quota.amount-invalid", kind.text(), Long.toString(maximum), MOST));
    }
  }

  private static FederationFault invalid(String field, Phrase phrase) {
    return new FederationFault(
        FaultCode.REQUEST_INVALID, phrase, List.of(Violation.at(field, phrase)));
  }
}
