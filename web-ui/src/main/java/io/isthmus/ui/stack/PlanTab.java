package io.isthmus.ui.stack;

import com.vaadin.flow.component.html.Paragraph;
import io.isthmus.domain.placement.Plan;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.placement.PlacementPanel;
import java.util.function.Supplier;

/** The plan that was accepted: why everything is where it is. */
class PlanTab extends StackTab {

  private static final long serialVersionUID = 1L;

  private final transient Supplier<Plan> plan;
  private boolean shown;

  PlanTab(Supplier<Plan> plan) {
    this.plan = plan;
  }

  @Override
  void show(StackState state) {
    if (shown) {
      return;
    }
    shown = true;
    Plan kept = plan.get();
    Paragraph words =
        new Paragraph(
            getTranslation(
                "plan.made", kept.createdBy(), Reader.formats().dateTime(kept.createdAt())));
    words.addClassName("sentence");
    add(words, new PlacementPanel(kept.placement(), state.clouds()));
  }
}
