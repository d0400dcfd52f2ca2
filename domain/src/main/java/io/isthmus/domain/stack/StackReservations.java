package io.isthmus.domain.stack;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.cloud.Reservations;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What stacks have reserved: summed up anew each time, from the resources that they wish for. */
@ApplicationScoped
public class StackReservations implements Reservations {

  private StackStore store;

  @Inject
  public StackReservations(StackStore store) {
    this.store = store;
  }

  /** For the container's proxies. */
  protected StackReservations() {}

  @Override
  public Map<Place, Map<LimitKind, Long>> of(
      ProjectId project, Map<CloudId, Instant> read, Optional<UUID> without) {
    Map<Place, Map<LimitKind, Long>> reserved = new HashMap<>();
    // Of a cloud whose quotas were never read nothing is left to be reserved.
    earliest(read.values())
        .ifPresent(
            instant ->
                store.claims(project, instant).stream()
                    .filter(claim -> without.filter(claim.stack().value()::equals).isEmpty())
                    .filter(claim -> read.containsKey(claim.region().cloud()))
                    .filter(claim -> claim.isHeld(read.get(claim.region().cloud())))
                    .forEach(claim -> add(claim, reserved)));
    return reserved;
  }

  @Override
  public Map<ProjectId, Map<Place, Map<LimitKind, Long>>> in(
      CloudId cloud, Map<ProjectId, Instant> read) {
    Map<ProjectId, Map<Place, Map<LimitKind, Long>>> reserved = new HashMap<>();
    earliest(read.values())
        .ifPresent(
            instant ->
                store.claims(cloud, instant).stream()
                    .filter(claim -> read.containsKey(claim.project()))
                    .filter(claim -> claim.isHeld(read.get(claim.project())))
                    .forEach(
                        claim ->
                            add(
                                claim,
                                reserved.computeIfAbsent(
                                    claim.project(), none -> new HashMap<>()))));
    return reserved;
  }

  private static Optional<Instant> earliest(Collection<Instant> read) {
    return read.stream().min(Comparator.naturalOrder());
  }

  private static void add(Claim claim, Map<Place, Map<LimitKind, Long>> reserved) {
    Map<LimitKind, Long> there =
        reserved.computeIfAbsent(claim.region(), none -> new EnumMap<>(LimitKind.class));
    claim.counts().forEach((kind, amount) -> there.merge(kind, amount, Long::sum));
  }

  @Override
  public void takeTurn(ProjectId project) {
    store.takeTurn(project.tenant());
  }
}
