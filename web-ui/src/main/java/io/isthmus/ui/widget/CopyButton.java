package io.isthmus.ui.widget;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasStyle;
import com.vaadin.flow.component.Tag;

/** A small button that copies a text, such as an id or an address, without asking the server. */
@Tag(CopyButton.NAME)
public class CopyButton extends Component implements HasStyle {
  static final String NAME = "isthmus-copy";
  private static final long serialVersionUID = 1L;

  /**
   * Creates a button.
   *
   * @param text what is copied
   * @param copy the button's name, in the user's language
   * @param copied what is said when it is done, in the user's language
   */
  public CopyButton(String text, String copy, String copied) {
    getElement()
        .setAttribute("text", text)
        .setAttribute("copy", copy)
        .setAttribute("copied", copied);
  }

  @Override
  protected void onAttach(AttachEvent attached) {
    Widgets.load(attached, NAME);
  }
}
