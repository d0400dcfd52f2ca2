package io.isthmus.ui.notice;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Span;
import io.isthmus.ui.element.Glyph;
import java.util.function.IntSupplier;

/** How many notices the reader has not seen, and the way to them. */
public class Bell extends Anchor {

  private static final long serialVersionUID = 1L;

  /** The store counts no further. */
  private static final int MANY = 100;

  private final transient IntSupplier unseen;
  private final Span count = new Span();
  private int shown = -1;

  /**
   * @param unseen counts them, no further than 100
   */
  public Bell(IntSupplier unseen) {
    super("/" + NoticesView.ADDRESS);
    this.unseen = unseen;
    addClassName("bell");
    count.addClassName("bell-count");
    // The label says it in words.
    count.getElement().setAttribute("aria-hidden", "true");
    add(Glyph.BELL.create(), count);
  }

  @Override
  protected void onAttach(AttachEvent attached) {
    super.onAttach(attached);
    refresh();
  }

  /** Counts anew. */
  public void refresh() {
    int now = unseen.getAsInt();
    if (now == shown) {
      return;
    }
    shown = now;
    count.setText(now >= MANY ? "99+" : Integer.toString(now));
    count.setVisible(now > 0);
    String label = getTranslation("notice.bell", now);
    getElement().setAttribute("aria-label", label);
    setTitle(label);
  }
}
