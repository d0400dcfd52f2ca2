package io.isthmus.ui.price;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeDetails;
import com.vaadin.flow.component.html.Paragraph;
import io.isthmus.ui.element.Snippet;

/** How a file has to look, with an example. */
class CsvHelp extends NativeDetails {

  private static final long serialVersionUID = 1L;

  /** Keys of title, words and example. */
  CsvHelp(String title, String words, String example) {
    setSummaryText(getTranslation(title));
    Div inside =
        new Div(
            new Paragraph(getTranslation(words)),
            new Snippet(getTranslation(example), getTranslation("price.copy-example")));
    inside.addClassName("stack");
    setContent(inside);
  }
}
