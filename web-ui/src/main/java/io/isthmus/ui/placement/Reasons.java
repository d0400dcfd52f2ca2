package io.isthmus.ui.placement;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.UnorderedList;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Decision;
import io.isthmus.ui.element.Clouds;
import io.isthmus.ui.element.Reader;
import java.util.List;

/** Why a resource is where it is, and why it is not elsewhere. */
public class Reasons extends Div {

  private static final long serialVersionUID = 1L;

  public Reasons(Decision decision, Clouds clouds) {
    addClassName("stack");
    if (!decision.why().isEmpty()) {
      add(phrases(decision.why()));
    }
    if (!decision.notChosen().isEmpty()) {
      add(
          new H3(getTranslation("plan.why-not-elsewhere")),
          new WhyNot(decision.notChosen(), clouds));
    }
  }

  /** One as a sentence, several as a list. */
  public static Component phrases(List<Phrase> phrases) {
    if (phrases.size() == 1) {
      return new Paragraph(phrases.get(0).in(Reader.locale()));
    }
    UnorderedList list = new UnorderedList();
    list.addClassName("reasons");
    phrases.forEach(phrase -> list.add(new ListItem(phrase.in(Reader.locale()))));
    return list;
  }
}
