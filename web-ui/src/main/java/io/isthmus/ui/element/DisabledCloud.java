package io.isthmus.ui.element;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.isthmus.ui.widget.Mark;

/** That a cloud is disabled, and what that means. */
public class DisabledCloud extends Div {

  private static final long serialVersionUID = 1L;

  public DisabledCloud() {
    addClassName("disabled-cloud");
    Span means = new Span(getTranslation("clouds.disabled-means"));
    means.addClassNames("quiet", "small");
    add(new StateBadge(Mark.DEGRADED, getTranslation("clouds.disabled")), means);
  }
}
