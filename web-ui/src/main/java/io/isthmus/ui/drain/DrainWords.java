package io.isthmus.ui.drain;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeDetails;
import com.vaadin.flow.component.html.Span;
import io.isthmus.domain.drain.Drain;
import io.isthmus.domain.drain.DrainReturn;
import io.isthmus.domain.drain.DrainedStack;
import io.isthmus.domain.placement.Leaving;
import io.isthmus.ui.element.CloudChip;
import io.isthmus.ui.element.Clouds;
import io.isthmus.ui.element.StateBadge;
import io.isthmus.ui.placement.Reasons;
import io.isthmus.ui.placement.WhyNot;
import io.isthmus.ui.widget.Mark;
import java.util.List;

/** How drains are told on every page. */
final class DrainWords {

  private final Component page;

  /**
   * @param page speaks the reader's language
   */
  DrainWords(Component page) {
    this.page = page;
  }

  static CloudChip area(Drain drain, Clouds clouds) {
    CloudChip chip = clouds.chip(drain.area().cloud());
    chip.setText(drain.area().toString().replace("/", " / "));
    return chip;
  }

  StateBadge status(Drain.Status status) {
    Mark mark =
        switch (status) {
          case RUNNING -> Mark.PROGRESS;
          case PAUSED -> Mark.DEGRADED;
          case COMPLETE -> Mark.COMPLETE;
          case TAKEN_BACK -> Mark.UNKNOWN;
        };
    return new StateBadge(mark, page.getTranslation("drain.status." + status));
  }

  StateBadge state(DrainedStack.State state) {
    Mark mark =
        switch (state) {
          case WAITING, AT_WORK -> Mark.UNKNOWN;
          case MOVING -> Mark.PROGRESS;
          case HELD -> Mark.DEGRADED;
          case FAILED -> Mark.FAILED;
          case MOVED, GONE -> Mark.COMPLETE;
        };
    return new StateBadge(mark, page.getTranslation("drain.state." + state));
  }

  StateBadge state(DrainReturn.State state) {
    Mark mark =
        switch (state) {
          case WAITING, AT_WORK -> Mark.UNKNOWN;
          case MOVING -> Mark.PROGRESS;
          case HELD -> Mark.DEGRADED;
          case FAILED -> Mark.FAILED;
          case BACK, GONE -> Mark.COMPLETE;
        };
    return new StateBadge(mark, page.getTranslation("drain.return." + state));
  }

  /** What stays, each with every reason, folded. */
  Component held(List<Leaving.Held> held, Clouds clouds) {
    Div all = new Div();
    all.addClassName("stack");
    for (Leaving.Held one : held) {
      Div why = new Div(Reasons.phrases(one.why()));
      why.addClassName("stack");
      if (!one.elsewhere().isEmpty()) {
        why.add(new WhyNot(one.elsewhere(), clouds));
      }
      Span name = new Span(one.resource());
      all.add(new NativeDetails(name, why));
    }
    return all;
  }
}
