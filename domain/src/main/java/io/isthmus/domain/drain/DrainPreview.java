package io.isthmus.domain.drain;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Decision;
import io.isthmus.domain.placement.Leaving;
import io.isthmus.domain.placement.ResourceChange;
import io.isthmus.domain.stack.StackId;
import java.util.List;
import java.util.Optional;

/**
 * What would move if a place were drained now.
 *
 * @param stacks in the order in which they would be moved, each seeing what the ones before took
 * @param unplanned how many more stacks have something there, for which it was not tried
 */
public record DrainPreview(List<Of> stacks, int unplanned) {

  public DrainPreview {
    stacks = List.copyOf(stacks);
  }

  /**
   * What would become of one stack.
   *
   * @param parts how many physical resources it has there
   * @param changes what becomes of its resources, without those that stay as and where they are
   * @param held what stays, with every reason
   * @param decisions why what moves goes where it goes, and not elsewhere
   * @param problem why it cannot be told, such as that something is done to the stack just now
   */
  public record Of(
      StackId stack,
      ProjectId project,
      String name,
      int parts,
      List<ResourceChange> changes,
      List<Leaving.Held> held,
      List<Decision> decisions,
      Optional<Phrase> problem) {

    public Of {
      changes = List.copyOf(changes);
      held = List.copyOf(held);
      decisions = List.copyOf(decisions);
    }

    /** What moves to another place. */
    public List<ResourceChange> moves() {
      return changes.stream().filter(change -> change.kind() == ResourceChange.Kind.MOVED).toList();
    }
  }

  /** How many resources move. */
  public int moves() {
    return stacks.stream().mapToInt(one -> one.moves().size()).sum();
  }

  /** How many resources stay. */
  public int held() {
    return stacks.stream().mapToInt(one -> one.held().size()).sum();
  }
}
