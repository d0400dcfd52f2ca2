package io.isthmus.ui.widget;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasText;
import com.vaadin.flow.component.Tag;
import java.time.Instant;

/** How long ago something was, or in how long it will be; the browser keeps it true. */
@Tag(Age.NAME)
public class Age extends Component implements HasText {
  static final String NAME = "isthmus-age";
  private static final long serialVersionUID = 1L;

  /**
   * @param until whether it is still to come
   * @param now what is true for the first seconds, in the user's language
   */
  public Age(Instant at, boolean until, String now) {
    getElement().setAttribute("at", at.toString()).setAttribute("until", until);
    setText(now);
  }

  @Override
  protected void onAttach(AttachEvent attached) {
    Widgets.load(attached, NAME);
  }
}
