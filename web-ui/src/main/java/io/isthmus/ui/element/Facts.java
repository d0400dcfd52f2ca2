package io.isthmus.ui.element;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Span;

/** Names and values. */
public class Facts extends DescriptionList {

  private static final long serialVersionUID = 1L;

  public Facts() {
    addClassName("facts");
  }

  public Facts fact(String name, String value) {
    return fact(name, new Span(value));
  }

  public Facts fact(String name, Component... values) {
    Description description = new Description();
    description.add(values);
    add(new Term(name), description);
    return this;
  }
}
