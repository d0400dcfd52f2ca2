package io.isthmus.ui.stack;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.placement.Plan;
import io.isthmus.domain.placement.PlannedPart;
import io.isthmus.domain.stack.PartView;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.placement.PlacementPanel;
import io.isthmus.ui.widget.Mark;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The plan that was accepted: why everything is where it is. */
class PlanTab extends StackTab {

  private static final long serialVersionUID = 1L;
  private static final int NAMED = 8;

  private final transient Supplier<Plan> plan;
  private final Div since = new Div();
  private transient Optional<Plan> shown = Optional.empty();

  PlanTab(Supplier<Plan> plan) {
    this.plan = plan;
  }

  @Override
  void show(StackState state) {
    if (shown.isEmpty()) {
      Plan kept = plan.get();
      shown = Optional.of(kept);
      Paragraph words =
          new Paragraph(
              getTranslation(
                  "plan.made", kept.createdBy(), Reader.formats().dateTime(kept.createdAt())));
      words.addClassName("sentence");
      add(words, since, new PlacementPanel(kept.placement(), state.clouds()));
    }
    showSince(shown.get(), state);
  }

  /** What went elsewhere after the plan, as clouds refused it there. */
  private void showSince(Plan kept, StackState state) {
    Set<PartId> planned =
        kept.placement().parts().stream().map(PlannedPart::id).collect(Collectors.toSet());
    List<String> moved =
        state.parts().stream()
            .map(PartView::id)
            .filter(id -> !planned.contains(id))
            .map(id -> id.resource() + " → " + id.place())
            .toList();
    since.removeAll();
    if (!moved.isEmpty()) {
      since.add(
          new Notice(
              Mark.DEGRADED,
              getTranslation("plan.moved", moved.size()),
              new Paragraph(named(moved))));
    }
  }

  private String named(List<String> moved) {
    String first = moved.stream().limit(NAMED).collect(Collectors.joining(", "));
    int more = moved.size() - NAMED;
    return more > 0 ? getTranslation("stack.and-others", first, more) : first;
  }
}
