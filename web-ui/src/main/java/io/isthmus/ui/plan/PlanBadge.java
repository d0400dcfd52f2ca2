package io.isthmus.ui.plan;

import io.isthmus.domain.placement.PlanState;
import io.isthmus.ui.element.StateBadge;
import io.isthmus.ui.widget.Mark;

/** Whether a plan can still become a stack. */
class PlanBadge extends StateBadge {

  private static final long serialVersionUID = 1L;

  PlanBadge(PlanState state) {
    super(mark(state), "");
    setText(getTranslation("plans.state-" + state.name()));
  }

  private static Mark mark(PlanState state) {
    return switch (state) {
      case OPEN, ACCEPTED -> Mark.COMPLETE;
      case EXPIRED -> Mark.UNKNOWN;
    };
  }
}
