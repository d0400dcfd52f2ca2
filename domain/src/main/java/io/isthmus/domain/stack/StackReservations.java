package io.isthmus.domain.stack;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.Account;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.cloud.QuotaReading;
import io.isthmus.domain.cloud.Reservations;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
      Map<CloudId, QuotaReading> read, Optional<UUID> without) {
    Map<Place, Map<LimitKind, Long>> reserved = new HashMap<>();
    Set<ProjectId> sharers =
        read.values().stream()
            .flatMap(reading -> reading.sharers().stream())
            .collect(Collectors.toSet());
    // Of a cloud whose quotas were never read nothing is left to be reserved.
    earliest(read.values())
        .ifPresent(
            instant ->
                store.claims(sharers, instant).stream()
                    .filter(
                        claim ->
                            claim.isAskedFor()
                                || without.filter(claim.stack().value()::equals).isEmpty())
                    .filter(claim -> read.containsKey(claim.region().cloud()))
                    .filter(claim -> isHeld(claim, read.get(claim.region().cloud())))
                    .forEach(claim -> add(claim, reserved)));
    return reserved;
  }

  @Override
  public Map<ProjectId, Map<Place, Map<LimitKind, Long>>> in(
      CloudId cloud, Map<ProjectId, QuotaReading> read) {
    Map<ProjectId, Map<Place, Map<LimitKind, Long>>> reserved = new HashMap<>();
    earliest(read.values())
        .ifPresent(
            instant -> {
              List<Claim> claims = store.claims(cloud, instant);
              read.forEach(
                  (project, reading) ->
                      claims.stream()
                          .filter(claim -> isHeld(claim, reading))
                          .forEach(
                              claim ->
                                  add(
                                      claim,
                                      reserved.computeIfAbsent(project, none -> new HashMap<>()))));
            });
    return reserved;
  }

  private static boolean isHeld(Claim claim, QuotaReading reading) {
    return reading.sharers().contains(claim.project()) && claim.isHeld(reading.begun());
  }

  private static Optional<Instant> earliest(Collection<QuotaReading> read) {
    return read.stream().map(QuotaReading::begun).min(Comparator.naturalOrder());
  }

  private static void add(Claim claim, Map<Place, Map<LimitKind, Long>> reserved) {
    Map<LimitKind, Long> there =
        reserved.computeIfAbsent(claim.region(), none -> new EnumMap<>(LimitKind.class));
    claim.counts().forEach((kind, amount) -> there.merge(kind, amount, Long::sum));
  }

  @Override
  public void takeTurn(ProjectId project, Set<Account> accounts) {
    store.takeTurns(
        Stream.concat(
                Stream.of("reservations of " + project.tenant()),
                accounts.stream()
                    .map(account -> "reservations in " + account.cloud() + " " + account.id()))
            .collect(Collectors.toSet()));
  }
}
