package io.isthmus.ui.quota;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.isthmus.domain.cloud.Limit;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.ui.element.Meter;
import io.isthmus.ui.element.Reader;

/** How much of a quota is taken: a ring, with the same in words beneath. */
class Ring extends Div {

  private static final long serialVersionUID = 1L;
  private static final int PERCENT = 100;
  private static final int SCARCE = 80;

  Ring(LimitKind kind, Limit limit) {
    addClassName("ring");
    int percent = Math.min(PERCENT, Meter.percent(new Limit(limit.maximum(), taken(limit))));
    Div circle = new Div(new Span(limit.maximum() < 0 ? "∞" : Reader.formats().percent(percent)));
    circle.addClassName("ring-circle");
    circle.setClassName("scarce", percent >= SCARCE && percent < PERCENT);
    circle.setClassName("full", limit.maximum() >= 0 && percent >= PERCENT);
    circle.getStyle().set("--done", percent + "%");
    circle.getElement().setAttribute("aria-hidden", "true");
    Span name = new Span(getTranslation("limit." + kind.name()));
    name.addClassName("ring-name");
    Span words = new Span(words(kind, limit));
    words.addClassName("ring-words");
    add(circle, name, words);
    if (limit.reserved() > 0) {
      Span reserved =
          new Span(getTranslation("quotas.reserved", Meter.amount(kind, limit.reserved())));
      reserved.addClassName("ring-words");
      add(reserved);
    }
  }

  private static long taken(Limit limit) {
    return limit.used() + limit.reserved();
  }

  private String words(LimitKind kind, Limit limit) {
    return limit.maximum() < 0
        ? getTranslation("limit.unlimited", Meter.amount(kind, limit.used()))
        : getTranslation(
            "limit.of", Meter.amount(kind, limit.used()), Meter.amount(kind, limit.maximum()));
  }
}
