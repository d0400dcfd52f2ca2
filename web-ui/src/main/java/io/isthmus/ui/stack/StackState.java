package io.isthmus.ui.stack;

import io.isthmus.domain.cloud.CloudView;
import io.isthmus.domain.stack.PartView;
import io.isthmus.domain.stack.StackView;
import java.util.List;

/**
 * A stack, its parts and the clouds at one moment: what its tabs are drawn from. Pages do not keep
 * it: a large stack's parts are much.
 */
record StackState(StackView stack, List<PartView> parts, List<CloudView> clouds) {

  StackState {
    parts = List.copyOf(parts);
    clouds = List.copyOf(clouds);
  }
}
