package io.isthmus.domain.placement;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a stack stands when a cloud has refused something of it.
 *
 * @param parts all that shall be there, where they shall be
 * @param begun those that a cloud was asked for
 * @param kept those that must stay where they are, because they may hold what exists nowhere else
 * @param failed those that their places refused
 * @param refusals of all resources, as long as they count
 * @param uncounted whether nobody knows what the parts count and cost, nor what all names mean to
 *     them: that is reckoned as if they were made now
 */
public record Standing(
    List<PlannedPart> parts,
    Set<PartId> begun,
    Set<PartId> kept,
    Set<PartId> failed,
    List<Refusal> refusals,
    boolean uncounted) {

  public Standing {
    parts = List.copyOf(parts);
    begun = Set.copyOf(begun);
    kept = Set.copyOf(kept);
    failed = Set.copyOf(failed);
    refusals = List.copyOf(refusals);
  }

  /** One of which it is known what its parts count. */
  public Standing(
      List<PlannedPart> parts,
      Set<PartId> begun,
      Set<PartId> kept,
      Set<PartId> failed,
      List<Refusal> refusals) {
    this(parts, begun, kept, failed, refusals, false);
  }

  /**
   * What is in clouds already and no stack's yet.
   *
   * @param parts of which places, zones and what names mean to them are known
   */
  static Standing found(List<PlannedPart> parts) {
    Set<PartId> all = parts.stream().map(PlannedPart::id).collect(Collectors.toSet());
    return new Standing(parts, all, Set.of(), Set.of(), List.of(), true);
  }

  /** Whether any of the parts is among those of one kind. */
  static boolean meet(Collection<PartId> some, Set<PartId> others) {
    return some.stream().anyMatch(others::contains);
  }
}
