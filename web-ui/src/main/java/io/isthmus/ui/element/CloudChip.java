package io.isthmus.ui.element;

import com.vaadin.flow.component.html.Span;
import io.isthmus.ui.widget.Hue;

/** A cloud's name in its colour. */
public class CloudChip extends Span {

  private static final long serialVersionUID = 1L;

  public CloudChip(String name, Hue hue) {
    super(name);
    addClassNames("cloud-chip", hue.cssClass());
  }

  /** For a cloud into which a rule lets nothing. */
  public CloudChip excluded() {
    addClassName("excluded");
    return this;
  }
}
