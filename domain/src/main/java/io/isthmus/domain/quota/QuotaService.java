package io.isthmus.domain.quota;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.audit.Audited;
import io.isthmus.domain.audit.AuditedId;
import io.isthmus.domain.audit.AuditedRequest;
import io.isthmus.domain.cloud.Allowance;
import io.isthmus.domain.cloud.Cloud;
import io.isthmus.domain.cloud.CloudStore;
import io.isthmus.domain.cloud.Extent;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.cloud.Operator;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Jurisdictions;
import io.isthmus.domain.tenant.TenantService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

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
  private QuotaAllowances allowances;
  private Supplier<List<Cloud>> members;
  private TenantService tenants;

  @Inject
  QuotaService(
      QuotaStore store, QuotaAllowances allowances, CloudStore clouds, TenantService tenants) {
    this(store, allowances, clouds::clouds, tenants);
  }

  QuotaService(
      QuotaStore store,
      QuotaAllowances allowances,
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

  /** All quotas of the tenants of which the caller may know, by tenant and project. */
  @Audited(action = "read/list", target = "quota")
  @Transactional
  public List<Quota> list(Caller caller) {
    return visible(store.of(tenants.tenants(caller)), caller);
  }

  /** As {@link #list(Caller)}, each with what counts against it. */
  @Audited(action = "read/list", target = "quota")
  @Transactional
  public List<QuotaUse> uses(Caller caller) {
    return allowances.uses(list(caller), members.get());
  }

  /**
   * As {@link #list(String, Caller)}, each with what counts against it.
   *
   * @throws FederationFault NOT_FOUND for a tenant that the caller is not of
   */
  @Audited(action = "read/list", target = "quota")
  @Transactional
  public List<QuotaUse> uses(@AuditedId String tenant, Caller caller) {
    return allowances.uses(list(tenant, caller), members.get());
  }

  /** For whom the caller may know quotas: tenants, each before its projects. */
  @Audited(action = "read/list", target = "tenant")
  public List<QuotaHolder> holders(Caller caller) {
    return tenants.known(caller).stream()
        .flatMap(
            project ->
                Stream.of(QuotaHolder.tenant(project.tenant()), QuotaHolder.project(project)))
        .distinct()
        .sorted(Comparator.comparing(QuotaHolder::toString))
        .toList();
  }

  /**
   * The parts of the federation in which something can be: all, each cloud, each operator's, each
   * bloc and country that a region lies in.
   */
  public List<Extent> extents() {
    List<Cloud> clouds = members.get();
    Stream<Extent> ofClouds = clouds.stream().map(cloud -> new Extent.OfCloud(cloud.id()));
    Stream<Extent> ofOperators =
        clouds.stream()
            .map(cloud -> cloud.facts().operator())
            .filter(Operator::known)
            .map(operator -> new Extent.OfOperator(operator.id()));
    Stream<Extent> ofJurisdictions =
        clouds.stream()
            .map(Cloud::facts)
            .flatMap(
                facts -> Stream.concat(Stream.of(facts.base()), facts.regions().values().stream()))
            .flatMap(region -> region.country().stream())
            .flatMap(country -> Jurisdictions.of(country).stream())
            .sorted()
            .map(Extent.OfJurisdiction::new);
    return Stream.<Stream<? extends Extent>>of(
            Stream.of(new Extent.Everywhere()), ofClouds, ofOperators, ofJurisdictions)
        .<Extent>flatMap(parts -> parts)
        .distinct()
        .toList();
  }

  /**
   * The quotas of a tenant and of its projects, by project and part of the federation.
   *
   * @throws FederationFault NOT_FOUND for a tenant that the caller is not of
   */
  @Audited(action = "read/list", target = "quota")
  @Transactional
  public List<Quota> list(@AuditedId String tenant, Caller caller) {
    requireKnown(QuotaHolder.tenant(tenant), caller);
    return visible(store.of(tenant), caller);
  }

  /** Administrators see those of projects, too, of which nobody is any more. */
  private List<Quota> visible(List<Quota> quotas, Caller caller) {
    if (caller.isFederationAdmin()) {
      return quotas;
    }
    List<QuotaHolder> known = holders(caller);
    return quotas.stream().filter(quota -> known.contains(quota.holder())).toList();
  }

  /**
   * One quota; without maxima and of version 0 when none was ever set.
   *
   * @throws FederationFault NOT_FOUND for a tenant that the caller is not of
   */
  @Audited(action = "read", target = "quota")
  @Transactional
  public Quota find(@AuditedId QuotaHolder holder, @AuditedId Extent extent, Caller caller) {
    requireKnown(holder, caller);
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
      @AuditedId QuotaHolder holder,
      @AuditedId Extent extent,
      Map<LimitKind, Long> maxima,
      long version,
      Caller caller) {
    caller.requireFederationAdmin();
    holder.asProject().ifPresent(AuditedRequest::onBehalfOf);
    requireKnown(holder, caller);
    requireKnown(extent);
    maxima.forEach(QuotaService::requireAmount);
    Quota before = store.find(holder, extent);
    Quota wanted =
        new Quota(holder, extent, maxima, version, before.changedAt(), before.changedBy());
    if (!store.put(wanted, caller.name())) {
      throw stale(holder, extent);
    }
    return store.find(holder, extent);
  }

  /**
   * Takes a quota away: nothing is limited by it any more.
   *
   * @param version the one that was read
   * @throws FederationFault FORBIDDEN for who does not administer the federation; NOT_FOUND where
   *     none is; STALE_VERSION
   */
  @Audited(action = "delete", target = "quota")
  @Transactional
  public void remove(
      @AuditedId QuotaHolder holder, @AuditedId Extent extent, long version, Caller caller) {
    caller.requireFederationAdmin();
    holder.asProject().ifPresent(AuditedRequest::onBehalfOf);
    Quota before = store.find(holder, extent);
    if (before.version() == 0) {
      throw FederationFault.notFound("quota", holder + " (" + extent.text() + ")");
    }
    if (before.version() != version || !store.remove(before)) {
      throw stale(holder, extent);
    }
  }

  private static FederationFault stale(QuotaHolder holder, Extent extent) {
    return new FederationFault(
        FaultCode.STALE_VERSION, Phrase.of("quota.stale", holder, extent.text()));
  }

  private void requireKnown(QuotaHolder holder, Caller caller) {
    if (!holders(caller).contains(holder)) {
      throw FederationFault.notFound(
          holder.project().isPresent() ? "project" : "tenant", holder.toString());
    }
  }

  /** As {@link #find}, for who has asked already whether the caller may know. */
  Quota current(QuotaHolder holder, Extent extent) {
    return store.find(holder, extent);
  }

  /**
   * @throws FederationFault NOT_FOUND; REQUEST_INVALID
   */
  void requireKnown(Extent extent) {
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
      throw FederationFault.invalid(
          "extent", Phrase.of("quota.jurisdiction-unknown", of.jurisdiction()));
    }
  }

  static void requireAmount(LimitKind kind, long maximum) {
    if (maximum < -1 || maximum > MOST) {
      throw FederationFault.invalid(
          "limits." + kind.text(),
          Phrase.of("quota.amount-invalid", kind.text(), Long.toString(maximum), MOST));
    }
  }
}
