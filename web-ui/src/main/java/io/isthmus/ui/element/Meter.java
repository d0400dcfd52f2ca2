package io.isthmus.ui.element;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.isthmus.domain.cloud.Limit;
import io.isthmus.domain.cloud.LimitKind;

/** How much of a limit is used: in figures, and as a bar where there is a limit. */
public class Meter extends Div {

  private static final long serialVersionUID = 1L;
  private static final int PERCENT = 100;
  private static final int SCARCE = 80;

  /**
   * @param named whether it says what is counted; not needed where a column does
   */
  public Meter(LimitKind kind, Limit limit, boolean named) {
    addClassName("meter");
    Span words = new Span(words(kind, limit));
    words.addClassName("meter-words");
    if (named) {
      Span name = new Span(getTranslation("limit." + kind.name()));
      name.addClassName("meter-name");
      add(name);
    }
    add(words);
    if (limit.maximum() > 0) {
      int percent = percent(limit);
      Div bar = new Div();
      bar.addClassName("meter-bar");
      bar.setClassName("scarce", percent >= SCARCE && percent < PERCENT);
      bar.setClassName("full", percent >= PERCENT);
      bar.getStyle().set("--done", Math.min(PERCENT, percent) + "%");
      bar.getElement().setAttribute("aria-hidden", "true");
      add(bar);
    }
  }

  private String words(LimitKind kind, Limit limit) {
    return limit.maximum() < 0
        ? getTranslation("limit.unlimited", amount(kind, limit.used()))
        : getTranslation("limit.of", amount(kind, limit.used()), amount(kind, limit.maximum()));
  }

  /** An amount with its unit. */
  public static String amount(LimitKind kind, long amount) {
    Formats formats = Reader.formats();
    return switch (kind) {
      case RAM_MIB -> formats.mib(amount);
      case VOLUME_GIB -> formats.gib(amount);
      default -> formats.number(amount);
    };
  }

  /** 0 for what is unlimited. */
  public static int percent(Limit limit) {
    if (limit.maximum() < 0) {
      return 0;
    }
    if (limit.maximum() == 0) {
      return PERCENT;
    }
    return (int) Math.min(Integer.MAX_VALUE, limit.used() * PERCENT / limit.maximum());
  }
}
