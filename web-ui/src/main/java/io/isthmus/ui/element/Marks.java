package io.isthmus.ui.element;

import io.isthmus.domain.cloud.CloudHealth;
import io.isthmus.domain.stack.StackHealth;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.ui.widget.Mark;

/** Which mark stands for a status or a health. */
public final class Marks {

  private Marks() {}

  public static Mark of(StackStatus status) {
    return switch (status.status()) {
      case IN_PROGRESS -> Mark.PROGRESS;
      case FAILED -> Mark.FAILED;
      case COMPLETE ->
          switch (status.action()) {
            case INIT, DELETE -> Mark.UNKNOWN;
            case CREATE, ADOPT, UPDATE, ROLLBACK, CHECK, SUSPEND, RESUME -> Mark.COMPLETE;
          };
    };
  }

  public static Mark of(StackHealth.State health) {
    return switch (health) {
      case HEALTHY -> Mark.COMPLETE;
      case DEGRADED -> Mark.DEGRADED;
      case LOST -> Mark.FAILED;
      case UNREACHABLE, UNKNOWN -> Mark.UNKNOWN;
    };
  }

  public static Mark of(CloudHealth.State health) {
    return switch (health) {
      case REACHABLE -> Mark.COMPLETE;
      case DEGRADED -> Mark.DEGRADED;
      case UNREACHABLE, UNKNOWN -> Mark.UNKNOWN;
    };
  }

  /** A part's own: what is wrong with a part that is complete outweighs that it is complete. */
  public static Mark of(StackStatus status, StackHealth.State health) {
    Mark mark = of(status);
    boolean settled = mark == Mark.COMPLETE && health != StackHealth.State.UNKNOWN;
    return settled ? of(health) : mark;
  }
}
