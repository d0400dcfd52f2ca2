package io.isthmus.ui.element;

import com.vaadin.flow.component.html.Span;
import io.isthmus.domain.cloud.CloudHealth;
import io.isthmus.domain.stack.StackHealth;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.ui.widget.Mark;

/** A state by shape, word and colour. */
public class StateBadge extends Span {

  private static final long serialVersionUID = 1L;

  public StateBadge(Mark mark, String word) {
    super(word);
    addClassNames("state", mark.cssClass());
  }

  /** Heat's exact word. */
  public static StateBadge of(StackStatus status) {
    StateBadge badge = new StateBadge(Marks.of(status), status.toString());
    badge.addClassName("exact");
    return badge;
  }

  public static StateBadge of(StackHealth health) {
    StateBadge badge = new StateBadge(Marks.of(health.state()), "");
    badge.setText(
        badge.getTranslation(
            health.isPartlyUnreachable() ? "health.partly" : "health." + health.state().name()));
    return badge;
  }

  public static StateBadge of(CloudHealth health) {
    StateBadge badge = new StateBadge(Marks.of(health.state()), "");
    badge.setText(badge.getTranslation("cloud-health." + health.state().name()));
    return badge;
  }
}
