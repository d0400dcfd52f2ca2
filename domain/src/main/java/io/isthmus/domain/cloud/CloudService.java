package io.isthmus.domain.cloud;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.audit.Audited;
import io.isthmus.domain.cloud.entry.CloudsYaml;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.tenant.TenantService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The use cases around member clouds. A tenant sees the clouds, their facts and what its own access
 * finds there; administrators of the federation see everything but secrets, and change it. No
 * method holds a transaction while a cloud is called.
 */
@ApplicationScoped
public class CloudService {

  private CloudStore store;
  private CloudLooks looks;
  private FederationService federation;
  private TenantService tenants;
  private AddressGuard guard;
  private CloudsImport imported;
  private Supplier<InventoryDriver> driver;
  private CloudUses uses;
  private Reservations reservations;
  private PriceLists priceLists;

  @Inject
  CloudService(
      CloudStore store,
      CloudLooks looks,
      FederationService federation,
      TenantService tenants,
      AddressGuard guard,
      CloudsImport imported,
      Instance<InventoryDriver> driver,
      Instance<CloudUse> uses,
      Reservations reservations,
      PriceLists priceLists) {
    this(
        store,
        looks,
        federation,
        tenants,
        guard,
        imported,
        driver::get,
        uses,
        reservations,
        priceLists);
  }

  CloudService(
      CloudStore store,
      CloudLooks looks,
      FederationService federation,
      TenantService tenants,
      AddressGuard guard,
      CloudsImport imported,
      Supplier<InventoryDriver> driver,
      Iterable<CloudUse> uses,
      Reservations reservations,
      PriceLists priceLists) {
    this.store = store;
    this.looks = looks;
    this.federation = federation;
    this.tenants = tenants;
    this.guard = guard;
    this.imported = imported;
    this.driver = driver;
    this.uses = new CloudUses(uses);
    this.reservations = reservations;
    this.priceLists = priceLists;
  }

  /** For the container's proxies. */
  protected CloudService() {}

  /**
   * The clouds as a project sees them, by id.
   *
   * @throws FederationFault NOT_FOUND when the project is not one of the caller's
   */
  @Audited(action = "read/list", target = "cloud")
  public List<CloudView> list(Caller caller, ProjectId project) {
    tenants.requireReader(caller, project);
    return federation.snapshot(project).clouds();
  }

  /**
   * One cloud as a project sees it.
   *
   * @throws FederationFault NOT_FOUND when there is no such cloud, or the project is not one of the
   *     caller's
   */
  @Audited(action = "read", target = "cloud")
  public CloudView find(Caller caller, ProjectId project, CloudId cloud) {
    tenants.requireReader(caller, project);
    return federation
        .snapshot(project)
        .find(cloud)
        .orElseThrow(() -> FederationFault.notFound("cloud", cloud.text()));
  }

  /**
   * Every cloud with every access, by id.
   *
   * @throws FederationFault FORBIDDEN for who does not administer the federation, like every method
   *     below
   */
  @Audited(action = "read/list", target = "cloud")
  public List<CloudDetails> listAll(Caller caller) {
    caller.requireFederationAdmin();
    Map<CloudId, List<CloudAccess>> accesses =
        store.accesses().stream().collect(Collectors.groupingBy(CloudAccess::cloud));
    Map<CloudId, PriceList> prices = pricesNow();
    return store.clouds().stream()
        .map(cloud -> details(cloud, prices, accesses.getOrDefault(cloud.id(), List.of())))
        .toList();
  }

  /**
   * @throws FederationFault NOT_FOUND
   */
  @Audited(action = "read", target = "cloud")
  public CloudDetails details(Caller caller, CloudId cloud) {
    caller.requireFederationAdmin();
    return details(
        require(cloud),
        pricesNow(),
        store.accesses().stream().filter(access -> access.cloud().equals(cloud)).toList());
  }

  /** What was wrong in the configured {@code clouds.yaml} when this server started. */
  @Audited(action = "read/problems", target = "clouds-yaml")
  public List<EntryProblem> importProblems(Caller caller) {
    caller.requireFederationAdmin();
    return imported.problems();
  }

  /**
   * Reads what was pasted or uploaded: a {@code clouds.yaml}, or one entry of it. An entry under a
   * member's name with another Keystone is no access to that member, but a mistake; what is
   * registered already is told as known.
   *
   * @param facts YAML from the entry's or cloud's name to facts; it has the last word
   */
  @Audited(action = "read/check", target = "clouds-yaml")
  public CloudDrafts parse(Caller caller, String cloudsYaml, Optional<String> facts) {
    caller.requireFederationAdmin();
    return new CloudsYaml(guard, new RegisteredNow(store.clouds(), store.accesses()))
        .read(
            new CloudsYaml.Source("", cloudsYaml),
            facts.filter(text -> !text.isBlank()).map(text -> new CloudsYaml.Source("facts", text)),
            Optional.empty());
  }

  /** The registry as it was read once. */
  private record RegisteredNow(List<Cloud> clouds, List<CloudAccess> accesses)
      implements Registered {

    @Override
    public Optional<URI> authUrl(CloudId cloud) {
      return clouds.stream().filter(one -> one.id().equals(cloud)).map(Cloud::authUrl).findFirst();
    }

    @Override
    public boolean hasAccess(ProjectId project, CloudId cloud) {
      return accesses.stream()
          .anyMatch(access -> access.project().equals(project) && access.cloud().equals(cloud));
    }
  }

  /**
   * Reads facts as they stand under {@code isthmus:} in an entry.
   *
   * @throws FederationFault CLOUD_INVALID with every violation
   */
  @Audited(action = "read/check", target = "cloud")
  public CloudFacts parseFacts(Caller caller, CloudId cloud, String name, String yaml) {
    caller.requireFederationAdmin();
    return new CloudsYaml(guard).readFacts(cloud, name, yaml);
  }

  /**
   * Tries a draft step by step; nothing is saved.
   *
   * @throws FederationFault CLOUD_INVALID when its address may not be gone to
   */
  @Audited(action = "read/test", target = "cloud")
  public List<ConnectionCheck> test(Caller caller, CloudDraft draft) {
    return test(caller, draft, check -> {});
  }

  /**
   * Tries a draft step by step and tells each outcome as soon as it is known; nothing is saved.
   *
   * @param told is called by the thread that calls this
   * @throws FederationFault CLOUD_INVALID when its address may not be gone to
   */
  @Audited(action = "read/test", target = "cloud")
  public List<ConnectionCheck> test(
      Caller caller, CloudDraft draft, Consumer<ConnectionCheck> told) {
    caller.requireFederationAdmin();
    guard.require(draft.connection().authUrl());
    return driver.get().test(draft.connection(), told);
  }

  /**
   * Adds a cloud with its first access, or an access to a cloud that is there. It is looked at
   * within seconds. The project is made when it is new.
   *
   * @throws FederationFault CLOUD_INVALID, NAME_TAKEN when the project has an access to that cloud,
   *     CONFLICT when the cloud is there under another address
   */
  @Audited(action = "create", target = "cloud", announced = true)
  public CloudDetails add(Caller caller, CloudDraft draft) {
    return add(caller, List.of(draft)).get(0);
  }

  /** Adds all drafts, each as {@link #add(Caller, CloudDraft)} does, or none. */
  @Audited(action = "create", target = "cloud", announced = true)
  public List<CloudDetails> add(Caller caller, List<CloudDraft> drafts) {
    caller.requireFederationAdmin();
    drafts.forEach(draft -> guard.require(draft.connection().authUrl()));
    store.add(drafts);
    return drafts.stream().map(draft -> details(caller, draft.cloud())).toList();
  }

  /**
   * Changes what is known of a cloud, and whether new resources may go there; all of it or nothing.
   *
   * @throws FederationFault NOT_FOUND, STALE_VERSION when somebody changed it meanwhile;
   *     CLOUD_INVALID for an empty name
   */
  @Audited(action = "update", target = "cloud", announced = true)
  public CloudDetails change(Caller caller, CloudId cloud, CloudRevision revision) {
    caller.requireFederationAdmin();
    if (revision.name().filter(String::isBlank).isPresent()) {
      throw new FederationFault(
          FaultCode.CLOUD_INVALID,
          Phrase.of("cloud.name-missing"),
          List.of(Violation.at("name", Phrase.of("cloud.name-missing"))));
    }
    store.change(
        cloud,
        new CloudRevision(
            revision.name().map(String::strip),
            revision.facts(),
            revision.enabled(),
            revision.version()));
    return details(caller, cloud);
  }

  /**
   * Changes what is known of a cloud.
   *
   * @param version the one that was read
   * @throws FederationFault as above
   */
  @Audited(action = "update", target = "cloud", announced = true)
  public CloudDetails change(
      Caller caller, CloudId cloud, String name, CloudFacts facts, long version) {
    return change(
        caller,
        cloud,
        new CloudRevision(
            Optional.of(name), Optional.of(facts), Optional.empty(), OptionalLong.of(version)));
  }

  /**
   * Lets new resources go to a cloud or not; what runs there stays and is looked after.
   *
   * @throws FederationFault NOT_FOUND
   */
  @Audited(action = "update/admission", target = "cloud", announced = true)
  public CloudDetails enable(Caller caller, CloudId cloud, boolean enabled) {
    return change(
        caller,
        cloud,
        new CloudRevision(
            Optional.empty(), Optional.empty(), Optional.of(enabled), OptionalLong.empty()));
  }

  /**
   * Takes a cloud out of the federation, with its accesses and equivalences.
   *
   * @throws FederationFault NOT_FOUND; CONFLICT while something is there, naming what
   */
  @Audited(action = "delete", target = "cloud", announced = true)
  public void remove(Caller caller, CloudId cloud) {
    remove(caller, cloud, OptionalLong.empty());
  }

  /**
   * The same for who has seen the cloud.
   *
   * @param version the one that was read; empty for any
   * @throws FederationFault as above; STALE_VERSION when somebody changed it meanwhile
   */
  @Audited(action = "delete", target = "cloud", announced = true)
  public void remove(Caller caller, CloudId cloud, OptionalLong version) {
    caller.requireFederationAdmin();
    store.remove(cloud, version, () -> uses.requireNone(cloud, Optional.empty()));
  }

  @Audited(action = "read/list", target = "equivalence")
  public List<Equivalence> equivalences(Caller caller) {
    caller.requireFederationAdmin();
    return store.equivalences();
  }

  /**
   * Declares what a name of templates is called in one cloud; replaces what was declared before.
   *
   * @throws FederationFault NOT_FOUND when there is no such cloud; CLOUD_INVALID for an empty name
   */
  @Audited(action = "update", target = "equivalence", announced = true)
  public void declare(Caller caller, Equivalence equivalence) {
    declare(caller, equivalence, any -> {});
  }

  /**
   * The same for who has seen what is declared now.
   *
   * @param check is given that, which nobody else changes meanwhile; refuses by throwing
   */
  @Audited(action = "update", target = "equivalence", announced = true)
  public void declare(
      Caller caller, Equivalence equivalence, Consumer<Optional<Equivalence>> check) {
    caller.requireFederationAdmin();
    if (equivalence.name().isBlank() || equivalence.localName().isBlank()) {
      Phrase missing = Phrase.of("cloud.equivalence-names");
      throw new FederationFault(
          FaultCode.CLOUD_INVALID,
          missing,
          List.of(Violation.at(equivalence.name().isBlank() ? "name" : "localName", missing)));
    }
    store.put(equivalence, check);
  }

  /**
   * @throws FederationFault NOT_FOUND
   */
  @Audited(action = "delete", target = "equivalence", announced = true)
  public void withdraw(Caller caller, Equivalence equivalence) {
    withdraw(caller, equivalence, any -> {});
  }

  /**
   * The same for who has seen what is declared now.
   *
   * @param check as of {@link #declare}
   */
  @Audited(action = "delete", target = "equivalence", announced = true)
  public void withdraw(Caller caller, Equivalence equivalence, Consumer<Equivalence> check) {
    caller.requireFederationAdmin();
    store.remove(equivalence, check);
  }

  private Cloud require(CloudId cloud) {
    return store.find(cloud).orElseThrow(() -> FederationFault.notFound("cloud", cloud.text()));
  }

  private Map<CloudId, PriceList> pricesNow() {
    return priceLists.at(Clock.systemUTC().instant());
  }

  private static Set<ProjectId> sharers(
      ProjectId project, CloudInventory known, Collection<CloudLooks.Seen> seen) {
    Set<ProjectId> sharers =
        seen.stream()
            .filter(one -> known.account().isPresent())
            .filter(one -> one.inventory().flatMap(CloudInventory::account).equals(known.account()))
            .map(CloudLooks.Seen::project)
            .collect(Collectors.toCollection(HashSet::new));
    sharers.add(project);
    return sharers;
  }

  private CloudDetails details(
      Cloud cloud, Map<CloudId, PriceList> prices, List<CloudAccess> accesses) {
    Map<ProjectId, CloudLooks.Seen> seen =
        looks.of(cloud.id()).stream()
            .collect(Collectors.toMap(CloudLooks.Seen::project, Function.identity()));
    Map<ProjectId, QuotaReading> read = new HashMap<>();
    seen.forEach(
        (project, look) ->
            look.inventory()
                .ifPresent(
                    known ->
                        read.put(
                            project,
                            new QuotaReading(
                                known.takenAt(), sharers(project, known, seen.values())))));
    Map<ProjectId, Map<Place, Map<LimitKind, Long>>> reserved = reservations.in(cloud.id(), read);
    List<CloudDetails.AccessDetails> details = new ArrayList<>();
    for (CloudAccess access : accesses) {
      Optional<CloudLooks.Seen> look = Optional.ofNullable(seen.get(access.project()));
      details.add(
          new CloudDetails.AccessDetails(
              access,
              look.map(CloudLooks.Seen::health).orElse(Healths.NEVER_SEEN),
              look.flatMap(CloudLooks.Seen::inventory)
                  .map(
                      known ->
                          known.reserving(
                              cloud.id(), reserved.getOrDefault(access.project(), Map.of())))));
    }
    CloudHealth health =
        Healths.best(details.stream().map(CloudDetails.AccessDetails::health).toList())
            .orElse(Healths.NEVER_SEEN);
    return new CloudDetails(cloud, health, Optional.ofNullable(prices.get(cloud.id())), details);
  }
}
