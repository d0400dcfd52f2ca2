package io.isthmus.ui.element;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.NativeDetails;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.UnorderedList;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Phrase;
import io.isthmus.ui.widget.Mark;
import java.util.Locale;

/** Something that has to be told before all else, such as a failure. */
public class Notice extends Div {

  private static final long serialVersionUID = 1L;

  public Notice(Mark mark, String title, Component... body) {
    addClassNames("notice", "notice-" + mark.name().toLowerCase(Locale.ROOT));
    getElement().setAttribute("role", mark == Mark.FAILED ? "alert" : "status");
    if (!title.isEmpty()) {
      add(new Strong(title));
    }
    add(body);
  }

  /** A fault with its title, its words and everything that was found wrong. */
  public static Notice of(FederationFault fault) {
    Locale locale = Reader.locale();
    Notice notice =
        new Notice(Mark.FAILED, title(fault).in(locale), new Paragraph(fault.phrase().in(locale)));
    if (!fault.violations().isEmpty()) {
      UnorderedList list = new UnorderedList();
      fault.violations().stream()
          .filter(violation -> !violation.message().equals(fault.phrase()))
          .map(violation -> new ListItem(words(violation, locale)))
          .forEach(list::add);
      if (list.getChildren().findAny().isPresent()) {
        notice.add(list);
      }
    }
    return notice;
  }

  /** What a cloud answered, word for word, folded. */
  public Notice verbatim(String summary, String text) {
    add(new NativeDetails(summary, new Pre(text)));
    return this;
  }

  /** The title that the API gives the same fault. */
  public static Phrase title(FederationFault fault) {
    return Phrase.of("fault.title." + fault.code().text());
  }

  /** Where, what is wrong, and the remedy. */
  public static String words(Violation violation, Locale locale) {
    String colon = locale.getLanguage().equals(Locale.FRENCH.getLanguage()) ? "\u00a0: " : ": ";
    String where = violation.pointer().isEmpty() ? "" : violation.pointer() + colon;
    return where + message(violation, locale);
  }

  /** What is wrong, and the remedy. */
  public static String message(Violation violation, Locale locale) {
    return violation.message().in(locale)
        + violation.remedy().map(remedy -> " " + remedy.in(locale)).orElse("");
  }
}
