package io.isthmus.ui.stack;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.NativeDetails;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.UnorderedList;
import io.isthmus.domain.failover.Failovers;
import io.isthmus.domain.failover.LostCloud;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Leaving;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.widget.Mark;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is done about a lost cloud of a stack, what was replaced there, and what can be said. */
class FailoverNotice extends Notice {

  private static final long serialVersionUID = 1L;

  /** What a person can say, where the person may. */
  interface Words {
    void failOver(LostCloud lost);

    void remove(LostCloud lost);
  }

  /**
   * @param words empty for who may only look
   */
  FailoverNotice(Failovers.Told told, String title, Optional<Words> words) {
    super(mark(told.lost()), title);
    Locale locale = Reader.locale();
    LostCloud lost = told.lost();
    lost.why().ifPresent(why -> add(new Paragraph(why.in(locale))));
    if (!lost.held().isEmpty()) {
      UnorderedList held = new UnorderedList();
      for (Leaving.Held one : lost.held()) {
        held.add(
            new ListItem(
                one.resource()
                    + ": "
                    + one.why().stream()
                        .map((Phrase why) -> why.in(locale))
                        .collect(Collectors.joining(" "))));
      }
      add(new NativeDetails(getTranslation("failover.held"), held));
    }
    if (!told.replaced().isEmpty()) {
      UnorderedList replaced = new UnorderedList();
      told.replaced().forEach(part -> replaced.add(new ListItem(words(part))));
      add(new NativeDetails(getTranslation("failover.replaced", told.replaced().size()), replaced));
    }
    words.ifPresent(person -> addButtons(told, person));
  }

  private static Mark mark(LostCloud lost) {
    return switch (lost.state()) {
      case HELD, FAILED -> Mark.FAILED;
      default -> Mark.DEGRADED;
    };
  }

  private String words(StackPart part) {
    String state =
        !part.isBack()
            ? "failover.part-silent"
            : part.mayStillRun() ? "failover.part-runs" : "failover.part-stopped";
    return getTranslation(state, part.id().resource(), part.type(), part.id().region());
  }

  private void addButtons(Failovers.Told told, Words person) {
    Div buttons = new Div();
    LostCloud lost = told.lost();
    boolean open =
        switch (lost.state()) {
          case WATCHING, ASKING -> lost.decided().isEmpty();
          default -> false;
        };
    if (open) {
      buttons.add(new Button(getTranslation("failover.now"), click -> person.failOver(lost)));
    }
    if (!told.replaced().isEmpty() && lost.removeAt().isEmpty()) {
      buttons.add(new Button(getTranslation("failover.remove"), click -> person.remove(lost)));
    }
    if (buttons.getComponentCount() > 0) {
      add(buttons);
    }
  }
}
