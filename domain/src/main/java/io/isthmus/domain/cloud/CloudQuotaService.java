package io.isthmus.domain.cloud;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.audit.Audited;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Sets the quotas that a member cloud keeps for the OpenStack project behind an access, for
 * administrators of the federation. Nothing sets them unasked: a member cloud's quotas are its
 * operator's, and what the federation shares out is compared here and needs nothing of the clouds.
 */
@ApplicationScoped
public class CloudQuotaService {

  /** The largest that OpenStack's services keep, a signed 32-bit number. */
  public static final long MOST = Integer.MAX_VALUE;

  private static final Logger LOG = Logger.getLogger(CloudQuotaService.class.getName());

  private CloudStore store;
  private CloudLooks looks;
  private AddressGuard guard;
  private Supplier<InventoryDriver> inventories;
  private Supplier<CloudQuotaDriver> driver;

  @Inject
  CloudQuotaService(
      CloudStore store,
      CloudLooks looks,
      AddressGuard guard,
      Instance<InventoryDriver> inventories,
      Instance<CloudQuotaDriver> driver) {
    this(store, looks, guard, inventories::get, driver::get);
  }

  CloudQuotaService(
      CloudStore store,
      CloudLooks looks,
      AddressGuard guard,
      Supplier<InventoryDriver> inventories,
      Supplier<CloudQuotaDriver> driver) {
    this.store = store;
    this.looks = looks;
    this.guard = guard;
    this.inventories = inventories;
    this.driver = driver;
  }

  /** For the container's proxies. */
  protected CloudQuotaService() {}

  /**
   * Sets them in the cloud, through the project's own access if its credential may, else through
   * another one into the same cloud that may; then has the cloud looked at anew, so that what holds
   * there is known here. All projects whose accesses lead into the same OpenStack project share
   * what is set.
   *
   * @param limits −1 without limit; kinds that are left out stay as they are
   * @throws FederationFault FORBIDDEN for who does not administer the federation; NOT_FOUND for an
   *     access or a region that is not there; REQUEST_INVALID for no limits, amounts out of range
   *     and kinds that the region does not tell; CONFLICT when no access may set quotas there; what
   *     the cloud answers
   */
  @Audited(action = "update", target = "cloud-quota", announced = true)
  public void set(
      Caller caller, ProjectId project, CloudId cloud, String region, Map<LimitKind, Long> limits) {
    caller.requireFederationAdmin();
    CloudConnection own =
        store
            .connection(project, cloud)
            .orElseThrow(() -> FederationFault.notFound("access", project + " → " + cloud));
    require(limits, told(project, cloud, region));
    guard.require(own.authUrl());
    CloudConnection by = setter(own);
    Account account = new Account(cloud, inventories.get().projectOf(own));
    try {
      driver.get().set(by, region, account, limits);
    } finally {
      // Whatever came of it: a call without an answer may have had its effect.
      looks.again(project, cloud);
    }
  }

  /** The limits that the region tells. */
  private Map<LimitKind, Limit> told(ProjectId project, CloudId cloud, String region) {
    return Optional.ofNullable(looks.of(project).get(cloud))
        .flatMap(CloudLooks.Seen::inventory)
        .map(CloudInventory::regions)
        .orElse(List.of())
        .stream()
        .filter(one -> one.region().equals(region))
        .findFirst()
        .orElseThrow(() -> FederationFault.notFound("region", cloud + "/" + region))
        .limits();
  }

  private static void require(Map<LimitKind, Long> limits, Map<LimitKind, Limit> told) {
    if (limits.isEmpty()) {
      throw FederationFault.invalid("limits", Phrase.of("cloud.quota-nothing"));
    }
    limits.forEach(
        (kind, limit) -> {
          String field = "limits." + kind.text();
          if (!told.containsKey(kind)) {
            throw FederationFault.invalid(
                field,
                Phrase.of("cloud.quota-untold", LimitKind.names(List.of(kind)), kind.text()));
          }
          if (limit < -1 || limit > MOST) {
            throw FederationFault.invalid(
                field, Phrase.of("cloud.quota-amount", kind.text(), limit, MOST));
          }
        });
  }

  /** The own access first, so that another's credential is used only where it must be. */
  private CloudConnection setter(CloudConnection own) {
    if (driver.get().maySet(own)) {
      return own;
    }
    return others(own)
        .filter(this::mayAnotherSet)
        .findFirst()
        .orElseThrow(
            () ->
                new FederationFault(
                    FaultCode.CONFLICT, Phrase.of("cloud.quota-no-admin", own.cloud())));
  }

  /** One that does not work does not keep the next from being tried. */
  private boolean mayAnotherSet(CloudConnection other) {
    try {
      return driver.get().maySet(other);
    } catch (FederationFault fault) {
      LOG.info(() -> "not through " + other.project() + ": " + fault.getMessage());
      return false;
    }
  }

  private Stream<CloudConnection> others(CloudConnection own) {
    return store.accesses().stream()
        .filter(access -> access.cloud().equals(own.cloud()))
        .map(CloudAccess::project)
        .filter(project -> !project.equals(own.project()))
        .flatMap(project -> store.connection(project, own.cloud()).stream());
  }
}
