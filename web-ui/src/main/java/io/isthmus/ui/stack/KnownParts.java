package io.isthmus.ui.stack;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.stack.PartView;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackService;
import io.isthmus.domain.stack.StackView;
import io.isthmus.ui.element.NaturalOrder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The parts of the stacks that are looked at: read once for each news, however many pages show
 * them, and held once. Those looked at least recently are forgotten first.
 */
@ApplicationScoped
class KnownParts {

  /** Of all stacks together; some 25 MiB. */
  private static final int MOST = 20_000;

  private static final Comparator<PartView> BY_NAME =
      Comparator.comparing((PartView part) -> part.id().resource(), NaturalOrder.OF_NAMES)
          .thenComparing(PartView::id);

  private record Known(StackView stack, List<PartView> parts) {}

  private final StackService stacks;
  private final Map<StackId, Known> known = new LinkedHashMap<>(16, 0.75f, true);

  @Inject
  KnownParts(StackService stacks) {
    this.stacks = stacks;
  }

  /** For proxies. */
  protected KnownParts() {
    this(null);
  }

  /**
   * By name.
   *
   * @param stack as the caller was just shown it
   */
  List<PartView> of(StackView stack, Caller caller) {
    synchronized (known) {
      Known before = known.get(stack.id());
      if (before != null && before.stack().equals(stack)) {
        return before.parts();
      }
    }
    List<PartView> read = stacks.parts(stack.id(), caller).stream().sorted(BY_NAME).toList();
    keep(new Known(stack, read));
    return read;
  }

  private void keep(Known now) {
    synchronized (known) {
      known.put(now.stack().id(), now);
      int held = known.values().stream().mapToInt(each -> each.parts().size()).sum();
      Iterator<Known> oldest = known.values().iterator();
      while (held > MOST && oldest.hasNext()) {
        held -= oldest.next().parts().size();
        oldest.remove();
      }
    }
  }
}
