package io.isthmus.ui.stack;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.isthmus.domain.placement.Refusal;
import io.isthmus.domain.stack.PartView;
import io.isthmus.ui.element.Moment;
import io.isthmus.ui.element.Reader;
import java.util.Optional;

/** Places that were tried for a resource, and what the cloud said there. */
final class PartRefusals {

  private PartRefusals() {}

  /** Empty when no place refused it. */
  static Optional<UnorderedList> of(PartView part) {
    if (part.refused().isEmpty()) {
      return Optional.empty();
    }
    UnorderedList list = new UnorderedList();
    part.refused().forEach(refusal -> list.add(item(refusal)));
    return Optional.of(list);
  }

  private static ListItem item(Refusal refusal) {
    Span when = new Span(Moment.absolute(refusal.at()));
    when.addClassName("quiet");
    return new ListItem(
        new Div(new Span(refusal.place().toString().replace("/", " / ") + " · "), when),
        new Div(new Span(refusal.reason().in(Reader.locale()))));
  }
}
