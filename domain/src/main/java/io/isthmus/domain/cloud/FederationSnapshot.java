package io.isthmus.domain.cloud;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The federation as one project sees it at one moment: all that planning reads.
 *
 * @param clouds every enabled or disabled member, by id
 * @param allowances what the federation lets the project have
 */
public record FederationSnapshot(
    Instant takenAt,
    List<CloudView> clouds,
    List<Equivalence> equivalences,
    List<Allowance> allowances) {

  public FederationSnapshot {
    clouds = List.copyOf(clouds);
    equivalences = List.copyOf(equivalences);
    allowances = List.copyOf(allowances);
  }

  /** One that limits nothing itself. */
  public FederationSnapshot(
      Instant takenAt, List<CloudView> clouds, List<Equivalence> equivalences) {
    this(takenAt, clouds, equivalences, List.of());
  }

  public Optional<CloudView> find(CloudId id) {
    return clouds.stream().filter(cloud -> cloud.id().equals(id)).findFirst();
  }
}
