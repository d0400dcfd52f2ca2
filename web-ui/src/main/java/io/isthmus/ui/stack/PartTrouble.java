package io.isthmus.ui.stack;

import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.stack.ActionStatus;
import io.isthmus.domain.stack.PartView;
import io.isthmus.domain.stack.Trouble;
import io.isthmus.ui.element.Clouds;
import io.isthmus.ui.element.Copyable;
import io.isthmus.ui.element.Facts;
import io.isthmus.ui.element.Moment;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.placement.NoPlaceLeft;
import io.isthmus.ui.widget.Mark;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Optional;

/** What went wrong with a part, told whole: resource, cloud, call, answer, and what is next. */
final class PartTrouble {

  private PartTrouble() {}

  /** Empty when nothing did. */
  static Optional<Notice> of(PartView part, String name, Clouds clouds) {
    return part.trouble().map(trouble -> notice(part, trouble, name, clouds));
  }

  private static Notice notice(PartView part, Trouble trouble, String name, Clouds clouds) {
    boolean failed = part.status().status() == ActionStatus.FAILED;
    Notice notice =
        new Notice(
            failed ? Mark.FAILED : Mark.DEGRADED,
            name
                + " · "
                + part.id().cloud()
                + " / "
                + part.id().region()
                + " · "
                + Phrase.of("fault.title." + trouble.code().text()).in(Reader.locale()),
            new Paragraph(trouble.phrase().in(Reader.locale())));
    trouble.unplaced().ifPresent(none -> notice.add(new NoPlaceLeft(none, clouds)));
    Facts facts = new Facts();
    detail(trouble, "call")
        .ifPresent(call -> facts.fact(notice.getTranslation("trouble.call"), mono(call)));
    detail(trouble, "requestId")
        .ifPresent(id -> facts.fact(notice.getTranslation("trouble.request"), new Copyable(id)));
    detail(trouble, "status")
        .ifPresent(status -> facts.fact(notice.getTranslation("trouble.answer"), mono(status)));
    facts.fact(notice.getTranslation("trouble.when"), Moment.absolute(trouble.at()));
    facts.fact(notice.getTranslation("trouble.attempts"), Reader.formats().number(part.attempts()));
    facts.fact(notice.getTranslation("trouble.next"), next(part, notice));
    notice.add(facts);
    // With no place left, those that refused are among those above.
    PartRefusals.of(part)
        .filter(refusals -> trouble.unplaced().isEmpty())
        .ifPresent(
            refusals -> notice.add(new Paragraph(notice.getTranslation("part.refused")), refusals));
    answer(trouble)
        .ifPresent(answer -> notice.verbatim(notice.getTranslation("trouble.said"), answer));
    return notice;
  }

  private static Span next(PartView part, Notice notice) {
    if (part.nextTry().isPresent()) {
      return new Span(
          Moment.until(part.nextTry().get()),
          new Text(
              ", "
                  + Reader.formats().time(part.nextTry().get())
                  + " · "
                  + notice.getTranslation(
                      switch (part.status().action()) {
                        case DELETE -> "trouble.again-delete";
                        case UPDATE -> "trouble.again-update";
                        case SUSPEND -> "trouble.again-suspend";
                        case RESUME -> "trouble.again-resume";
                        case ADOPT -> "trouble.again-adopt";
                        default -> "trouble.again-create";
                      })));
    }
    return new Span(
        notice.getTranslation(
            part.status().status() == ActionStatus.FAILED
                ? switch (part.status().action()) {
                  case DELETE -> "trouble.delete-again";
                  case UPDATE -> "trouble.no-more-update";
                  case SUSPEND -> "trouble.no-more-suspend";
                  case RESUME -> "trouble.no-more-resume";
                  case ADOPT -> "trouble.no-more-adopt";
                  default -> "trouble.nothing-more";
                }
                : "trouble.going-on"));
  }

  private static Span mono(String text) {
    Span span = new Span(text);
    span.addClassName("mono");
    return span;
  }

  private static Optional<String> detail(Trouble trouble, String key) {
    return Optional.ofNullable(trouble.details().get(key)).map(PartTrouble::text);
  }

  /** What the cloud answered, word for word. */
  private static Optional<String> answer(Trouble trouble) {
    return detail(trouble, "answer").or(() -> detail(trouble, "body")).filter(t -> !t.isBlank());
  }

  private static String text(JsonValue value) {
    return value instanceof JsonString string ? string.getString() : value.toString();
  }
}
