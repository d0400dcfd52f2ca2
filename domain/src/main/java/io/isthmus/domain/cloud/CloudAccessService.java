package io.isthmus.domain.cloud;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.audit.Audited;
import io.isthmus.domain.encryption.UnreadableSecret;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Phrase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Logger;

/**
 * The use cases around a project's access to a cloud. All are for administrators of the federation
 * (FORBIDDEN for others). No method holds a transaction while a cloud is called.
 */
@ApplicationScoped
public class CloudAccessService {

  private static final Logger LOG = Logger.getLogger(CloudAccessService.class.getName());

  private CloudStore store;
  private AddressGuard guard;
  private Supplier<InventoryDriver> driver;
  private CloudUses uses;

  @Inject
  CloudAccessService(
      CloudStore store,
      AddressGuard guard,
      Instance<InventoryDriver> driver,
      Instance<CloudUse> uses) {
    this(store, guard, driver::get, uses);
  }

  CloudAccessService(
      CloudStore store,
      AddressGuard guard,
      Supplier<InventoryDriver> driver,
      Iterable<CloudUse> uses) {
    this.store = store;
    this.guard = guard;
    this.driver = driver;
    this.uses = new CloudUses(uses);
  }

  /** For the container's proxies. */
  protected CloudAccessService() {}

  /**
   * Tries a saved access step by step, with what would be saved in its place if something is given.
   *
   * @param draft regions and credential to try instead of the saved ones
   * @param told is told each outcome as soon as it is known, by the thread that calls this
   * @throws FederationFault NOT_FOUND; CONFLICT when the draft is for another address
   */
  @Audited(action = "read/test", target = "access")
  public List<ConnectionCheck> test(
      Caller caller,
      ProjectId project,
      CloudId cloud,
      Optional<CloudDraft> draft,
      Consumer<ConnectionCheck> told) {
    caller.requireFederationAdmin();
    CloudConnection saved = require(project, cloud);
    CloudConnection tried = draft.map(given -> aimed(given, project, cloud)).orElse(saved);
    guard.require(tried.authUrl());
    return driver.get().test(tried, told);
  }

  /**
   * Puts the draft's regions and credential in the place of the saved ones, or gives the project
   * its access. It is signed in first, so that nothing is saved that the cloud refuses; while the
   * project has something there, the credential must lead to the same OpenStack project as before.
   *
   * @return whether the access is new
   * @throws FederationFault NOT_FOUND when there is no such cloud; CONFLICT when it is there under
   *     another address, or when what the project has there would be out of reach; what the cloud
   *     answers to the sign-in
   */
  @Audited(action = "update", target = "access", announced = true)
  public boolean put(Caller caller, ProjectId project, CloudId cloud, CloudDraft draft) {
    caller.requireFederationAdmin();
    CloudConnection wanted = aimed(draft, project, cloud);
    guard.require(wanted.authUrl());
    String lead = driver.get().projectOf(wanted);
    saved(project, cloud).ifPresent(before -> requireSameProject(before, lead));
    return store.putAccess(wanted);
  }

  /**
   * Takes a project's access to a cloud away.
   *
   * @throws FederationFault NOT_FOUND; CONFLICT while something of the project is there
   */
  @Audited(action = "delete", target = "access", announced = true)
  public void remove(Caller caller, ProjectId project, CloudId cloud) {
    caller.requireFederationAdmin();
    store.removeAccess(project, cloud, () -> uses.requireNone(cloud, Optional.of(project)));
  }

  /** Empty too when what is saved cannot be opened any more: then it has to be replaceable. */
  private Optional<CloudConnection> saved(ProjectId project, CloudId cloud) {
    try {
      return store.connection(project, cloud);
    } catch (UnreadableSecret e) {
      LOG.warning(e.getMessage() + "; it is replaced");
      return Optional.empty();
    }
  }

  private CloudConnection require(ProjectId project, CloudId cloud) {
    return store
        .connection(project, cloud)
        .orElseThrow(() -> FederationFault.notFound("access", project + " → " + cloud));
  }

  /** The draft's way, for this project into this cloud as it is registered. */
  private CloudConnection aimed(CloudDraft draft, ProjectId project, CloudId cloud) {
    Cloud member =
        store.find(cloud).orElseThrow(() -> FederationFault.notFound("cloud", cloud.text()));
    CloudConnection given = draft.connection();
    if (!member.authUrl().equals(given.authUrl())) {
      throw new FederationFault(
          FaultCode.CONFLICT,
          Phrase.of("cloud.access-elsewhere", cloud, member.authUrl(), given.authUrl()));
    }
    return new CloudConnection(
        cloud,
        project,
        member.authUrl(),
        member.endpointInterface(),
        given.regions(),
        member.caCertificates(),
        given.credential());
  }

  /**
   * A credential that the cloud accepts no more cannot tell; then the administrator's word counts.
   */
  private void requireSameProject(CloudConnection before, String lead) {
    List<Phrase> there = uses.of(before.cloud(), Optional.of(before.project()));
    if (there.isEmpty()) {
      return;
    }
    String led;
    try {
      led = driver.get().projectOf(before);
    } catch (FederationFault fault) {
      if (fault.code() != FaultCode.CLOUD_CREDENTIAL_REJECTED) {
        throw fault;
      }
      return;
    }
    if (!led.equals(lead)) {
      throw new FederationFault(
          FaultCode.CONFLICT,
          Phrase.of("cloud.access-other-project", before.cloud(), led, lead),
          there.stream().map(use -> Violation.at("", use)).toList());
    }
  }
}
