package io.isthmus.ui.element;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;

/** Where nothing is yet: what will be here, why it is empty, and how to begin. */
public class EmptyState extends Div {

  private static final long serialVersionUID = 1L;

  public EmptyState(String title, String words, Component... actions) {
    addClassName("empty");
    add(new H2(title), new Paragraph(words));
    if (actions.length > 0) {
      Div row = new Div(actions);
      row.addClassName("row");
      add(row);
    }
  }
}
