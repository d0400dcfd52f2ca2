package io.isthmus.ui.stack;

import io.isthmus.domain.cloud.CloudView;
import io.isthmus.domain.stack.PartView;
import io.isthmus.domain.stack.StackView;
import io.isthmus.ui.element.NaturalOrder;
import java.util.Comparator;
import java.util.List;

/** A stack, its parts and the clouds at one moment: what its tabs are drawn from. */
record StackState(StackView stack, List<PartView> parts, List<CloudView> clouds) {

  StackState {
    parts =
        parts.stream()
            .sorted(
                Comparator.comparing((PartView part) -> part.id().resource(), NaturalOrder.OF_NAMES)
                    .thenComparing(PartView::id))
            .toList();
    clouds = List.copyOf(clouds);
  }
}
