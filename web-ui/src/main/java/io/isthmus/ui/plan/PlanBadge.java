package io.isthmus.ui.plan;

import io.isthmus.domain.placement.PlanState;
import io.isthmus.ui.element.StateBadge;
import io.isthmus.ui.widget.Mark;

/** Whether a plan can still become a stack, or the update of one. */
class PlanBadge extends StateBadge {

  private static final long serialVersionUID = 1L;

  /**
   * @param isUpdate of a stack that is there
   */
  PlanBadge(PlanState state, boolean isUpdate) {
    super(mark(state), "");
    setText(getTranslation((isUpdate ? "plans.update-" : "plans.state-") + state.name()));
  }

  private static Mark mark(PlanState state) {
    return switch (state) {
      case OPEN, ACCEPTED -> Mark.COMPLETE;
      case EXPIRED -> Mark.UNKNOWN;
    };
  }
}
