package io.isthmus.ui.widget;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;

/** A button that draws the rows of all lists closer or wider; the browser remembers it. */
@Tag("isthmus-density")
public class DensitySwitch extends Component {
  private static final long serialVersionUID = 1L;

  /**
   * @param label in the user's language
   */
  public DensitySwitch(String label) {
    getElement().setAttribute("label", label);
  }

  @Override
  protected void onAttach(AttachEvent attached) {
    Widgets.load(attached, Rows.NAME);
  }
}
