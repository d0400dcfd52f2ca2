package io.isthmus.domain.placement;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * How a stack stands when a cloud has refused something of it.
 *
 * @param parts all that shall be there, where they shall be
 * @param begun those that a cloud was asked for
 * @param kept those that must stay where they are, because they may hold what exists nowhere else
 * @param failed those that their places refused
 * @param refusals of all resources, as long as they count
 */
public record Standing(
    List<PlannedPart> parts,
    Set<PartId> begun,
    Set<PartId> kept,
    Set<PartId> failed,
    List<Refusal> refusals) {

  public Standing {
    parts = List.copyOf(parts);
    begun = Set.copyOf(begun);
    kept = Set.copyOf(kept);
    failed = Set.copyOf(failed);
    refusals = List.copyOf(refusals);
  }

  /** Whether any of the parts is among those of one kind. */
  static boolean meet(Collection<PartId> some, Set<PartId> others) {
    return some.stream().anyMatch(others::contains);
  }
}
