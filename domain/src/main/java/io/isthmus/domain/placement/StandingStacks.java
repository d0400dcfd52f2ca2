package io.isthmus.domain.placement;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.template.ResourceGraph;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Port: stacks that are there, for who plans what becomes of them. Calls no cloud. */
public interface StandingStacks {

  /**
   * A stack that may be updated.
   *
   * @throws io.isthmus.domain.fault.FederationFault NOT_FOUND, also for others'; CONFLICT when it
   *     is at work, or is deleted, saying what to do
   */
  StandingStack require(UUID stack, Caller caller);

  /**
   * The same for the engine itself, which acts for the federation in any project.
   *
   * @throws io.isthmus.domain.fault.FederationFault NOT_FOUND; CONFLICT when it is at work, or is
   *     deleted
   */
  StandingStack require(UUID stack);

  /**
   * What becomes of its parts and resources.
   *
   * @param after what it shall be
   * @param planned the parts that shall be there
   */
  Difference difference(StandingStack stack, ResourceGraph after, Collection<PlannedPart> planned);

  /**
   * What is different.
   *
   * @param impossible what no cloud does
   */
  record Difference(
      List<PlannedUpdate.Step> steps, List<ResourceChange> changes, List<Violation> impossible) {

    public Difference {
      steps = List.copyOf(steps);
      changes = List.copyOf(changes);
      impossible = List.copyOf(impossible);
    }
  }
}
