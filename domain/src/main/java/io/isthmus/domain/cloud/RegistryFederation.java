package io.isthmus.domain.cloud;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.encryption.UnreadableSecret;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The federation as the registry and the last looks show it. */
@ApplicationScoped
public class RegistryFederation implements FederationService, CloudConnections {

  private CloudStore store;
  private CloudLooks looks;
  private Reservations reservations;
  private Allowances allowances;
  private PriceLists priceLists;
  private ClosedAreas closed;

  @Inject
  RegistryFederation(
      CloudStore store,
      CloudLooks looks,
      Reservations reservations,
      Allowances allowances,
      PriceLists priceLists,
      ClosedAreas closed) {
    this.store = store;
    this.looks = looks;
    this.reservations = reservations;
    this.allowances = allowances;
    this.priceLists = priceLists;
    this.closed = closed;
  }

  /** For the container's proxies. */
  protected RegistryFederation() {}

  @Override
  public FederationSnapshot snapshot(ProjectId project) {
    return snapshot(project, store.clouds(), Optional.empty(), List.of());
  }

  @Override
  public FederationSnapshot snapshotToPlan(ProjectId project) {
    List<Cloud> members = store.clouds();
    return snapshot(project, members, Optional.empty(), allowances.of(project, members));
  }

  @Override
  public FederationSnapshot snapshotWithout(ProjectId project, UUID stack) {
    return snapshot(project, store.clouds(), Optional.of(stack), List.of());
  }

  private FederationSnapshot snapshot(
      ProjectId project, List<Cloud> members, Optional<UUID> without, List<Allowance> allowed) {
    Map<CloudId, CloudLooks.Seen> own = looks.of(project);
    Map<Place, Map<LimitKind, Long>> reserved = reserved(project, own.values(), without);
    Map<CloudId, List<CloudHealth>> all = looks.healths();
    Set<CloudId> accessible = own.keySet();
    Instant now = Clock.systemUTC().instant();
    Map<CloudId, PriceList> prices = priceLists.at(now);
    List<CloudView> views =
        members.stream()
            .map(
                cloud ->
                    new CloudView(
                        cloud.id(),
                        cloud.name(),
                        cloud.hue(),
                        cloud.enabled(),
                        accessible.contains(cloud.id()),
                        cloud.facts(),
                        Optional.ofNullable(own.get(cloud.id()))
                            .map(CloudLooks.Seen::health)
                            .orElseGet(
                                () ->
                                    Healths.seenByOthers(all.getOrDefault(cloud.id(), List.of()))),
                        Optional.ofNullable(prices.get(cloud.id())),
                        Optional.ofNullable(own.get(cloud.id()))
                            .flatMap(CloudLooks.Seen::inventory)
                            .map(inventory -> inventory.reserving(cloud.id(), reserved))))
            .collect(Collectors.toList());
    return new FederationSnapshot(now, views, store.equivalences(), allowed, closed.closed());
  }

  private Map<Place, Map<LimitKind, Long>> reserved(
      ProjectId project, Collection<CloudLooks.Seen> seen, Optional<UUID> without) {
    Map<CloudId, Set<ProjectId>> sharing = looks.sharing(project);
    Map<CloudId, QuotaReading> read = new HashMap<>();
    for (CloudLooks.Seen one : seen) {
      Set<ProjectId> sharers = new HashSet<>(sharing.getOrDefault(one.cloud(), Set.of()));
      sharers.add(project);
      one.inventory()
          .ifPresent(known -> read.put(one.cloud(), new QuotaReading(known.takenAt(), sharers)));
    }
    return reservations.of(read, without);
  }

  @Override
  public void takeTurn(ProjectId project) {
    reservations.takeTurn(project, looks.accounts(project));
  }

  @Override
  public Optional<CloudConnection> find(ProjectId project, CloudId cloud) {
    try {
      return store.connection(project, cloud);
    } catch (UnreadableSecret e) {
      throw new FederationFault(
          FaultCode.CLOUD_CREDENTIAL_REJECTED,
          Phrase.of("cloud.credential-unreadable", cloud, project),
          List.of(),
          Json.createObjectBuilder().add("cloud", cloud.text()).build(),
          e);
    }
  }
}
