package io.isthmus.ui.widget;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasStyle;
import com.vaadin.flow.component.Tag;
import io.isthmus.domain.json.Json;
import java.util.Objects;

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
    setText(text);
    getElement()
        .setProperty(
            "texts",
            Json.createObjectBuilder().add("copy", copy).add("copied", copied).build().toString());
  }

  public final void setText(String text) {
    getElement().setProperty("text", Objects.requireNonNull(text, "text"));
  }

  @Override
  protected void onAttach(AttachEvent attached) {
    Widgets.load(attached, NAME);
  }
}
