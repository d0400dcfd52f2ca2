package io.isthmus.domain.stack;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.PlanId;
import io.isthmus.domain.template.ResourceGraph;
import io.isthmus.domain.trace.RequestId;
import java.time.Instant;
import java.util.List;

/** Updates stacks as their service does, without a plan's acceptance. */
public final class TestUpdates {

  private TestUpdates() {}

  public static void apply(
      StackStore store,
      StackId id,
      StackUpdate update,
      PlanId plan,
      String policy,
      ResourceGraph graph,
      boolean rollsBack,
      Instant now) {
    apply(store, id, update, plan, policy, graph, rollsBack, Phrase.verbatim("update"), now);
  }

  /**
   * @param happened what the stack's story tells of it
   */
  public static void apply(
      StackStore store,
      StackId id,
      StackUpdate update,
      PlanId plan,
      String policy,
      ResourceGraph graph,
      boolean rollsBack,
      Phrase happened,
      Instant now) {
    Stack stack = store.lock(id).orElseThrow();
    stack.requireRest();
    List<StackPart> parts = store.parts(id);
    StackCourse course =
        update.lost().isEmpty() ? stack.course().updating(rollsBack) : stack.course().onward();
    Stack wished =
        stack.updating(
            new StackRevision(
                course.revision(),
                stack.template(),
                stack.parameters(),
                stack.computed(),
                policy,
                plan,
                List.of()),
            course,
            happened,
            now,
            RequestId.currentOrFresh());
    store.applyUpdate(
        wished,
        stack.revision(parts),
        Reshaping.update(update, parts, graph, now),
        wished.reason(),
        now);
  }
}
