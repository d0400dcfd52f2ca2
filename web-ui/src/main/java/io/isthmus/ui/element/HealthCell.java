package io.isthmus.ui.element;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.isthmus.domain.cloud.CloudHealth;

/** A cloud's health with its age, and why it is not well. */
public class HealthCell extends Div {

  private static final long serialVersionUID = 1L;

  public HealthCell(CloudHealth health) {
    addClassName("health");
    add(StateBadge.of(health));
    health
        .seenAt()
        .ifPresent(
            seen -> {
              Span age = new Span(new Span(getTranslation("cloud.seen") + " "), Moment.ago(seen));
              age.addClassName("age");
              add(age);
            });
    health
        .reason()
        .ifPresent(
            reason -> {
              Div words = new Div(reason.in(getLocale()));
              words.addClassNames("quiet", "small");
              words.setTitle(reason.in(getLocale()));
              add(words);
            });
  }
}
