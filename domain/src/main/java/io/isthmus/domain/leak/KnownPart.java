package io.isthmus.domain.leak;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.stack.ActionStatus;
import io.isthmus.domain.stack.Mark;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackStatus;
import java.util.Optional;

/**
 * What is known of one generation of a part, in short.
 *
 * @param stackName as people know the stack
 * @param changing whether it is to become something else in place
 */
public record KnownPart(
    Mark mark,
    ProjectId project,
    String stackName,
    String type,
    CloudId cloud,
    String region,
    StackPart.Goal goal,
    StackStatus status,
    boolean changing,
    Optional<String> physicalId) {

  /** Whether, as far as is known, nothing of it that is ours is in a cloud. */
  boolean isGone() {
    return isLeft() || status.equals(StackStatus.DELETED);
  }

  /** Whether it was left in its cloud when the stack let go of it, as its template says. */
  boolean isLeft() {
    return goal == StackPart.Goal.RETAINED;
  }

  /** Whether a cloud is being asked for it, or may be. */
  boolean isOnItsWay() {
    return !isGone()
        && (physicalId.isEmpty() || changing || goal == StackPart.Goal.ABSENT || isBeingAsked());
  }

  boolean isBeingAsked() {
    return status.status() == ActionStatus.IN_PROGRESS;
  }

  /** Whether it has to be in its cloud now. */
  boolean mustBeThere() {
    return !isGone() && !isOnItsWay() && status.isWhole();
  }

  boolean isIn(CloudId otherCloud, String otherRegion) {
    return cloud.equals(otherCloud) && region.equals(otherRegion);
  }

  boolean is(String id) {
    return physicalId.filter(id::equals).isPresent();
  }
}
