package io.isthmus.domain.cloud;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The federation as one project sees it at one moment: all that planning reads.
 *
 * @param clouds every enabled or disabled member, by id
 * @param allowances what the federation lets the project have
 * @param closed where nothing new is placed, and why
 */
public record FederationSnapshot(
    Instant takenAt,
    List<CloudView> clouds,
    List<Equivalence> equivalences,
    List<Allowance> allowances,
    List<ClosedArea> closed) {

  public FederationSnapshot {
    clouds = List.copyOf(clouds);
    equivalences = List.copyOf(equivalences);
    allowances = List.copyOf(allowances);
    closed = List.copyOf(closed);
  }

  /** One in which no area is closed. */
  public FederationSnapshot(
      Instant takenAt,
      List<CloudView> clouds,
      List<Equivalence> equivalences,
      List<Allowance> allowances) {
    this(takenAt, clouds, equivalences, allowances, List.of());
  }

  /** One that limits nothing itself. */
  public FederationSnapshot(
      Instant takenAt, List<CloudView> clouds, List<Equivalence> equivalences) {
    this(takenAt, clouds, equivalences, List.of());
  }

  /** The same with more areas closed. */
  public FederationSnapshot closing(List<ClosedArea> more) {
    List<ClosedArea> all = new ArrayList<>(closed);
    more.stream().filter(area -> !closed.contains(area)).forEach(all::add);
    return new FederationSnapshot(takenAt, clouds, equivalences, allowances, all);
  }

  /** The same with more of the clouds' quotas reserved, by region. */
  public FederationSnapshot reserving(Map<Place, Map<LimitKind, Long>> more) {
    return new FederationSnapshot(
        takenAt,
        clouds.stream().map(cloud -> cloud.reserving(more)).toList(),
        equivalences,
        allowances,
        closed);
  }

  public Optional<CloudView> find(CloudId id) {
    return clouds.stream().filter(cloud -> cloud.id().equals(id)).findFirst();
  }
}
