package io.isthmus.ui.inventory;

import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import io.isthmus.domain.cloud.Mirrored;
import io.isthmus.domain.mirror.MirrorAge;
import io.isthmus.ui.element.Moment;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.widget.Mark;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How old what a list shows is, which clouds could not be read, and of which only names are kept.
 */
class Ages extends Div {

  private static final long serialVersionUID = 1L;

  private transient List<MirrorAge> shown = List.of();

  Ages() {
    addClassName("stack");
  }

  void show(List<MirrorAge> ages) {
    if (ages.equals(shown)) {
      return;
    }
    shown = List.copyOf(ages);
    removeAll();
    ages.stream().filter(age -> age.problem().isPresent()).forEach(this::addProblem);
    List<MirrorAge> unread = ages.stream().filter(age -> age.readAt().isEmpty()).toList();
    if (unread.stream().anyMatch(age -> age.problem().isEmpty())) {
      add(quiet(new Span(getTranslation("inventory.first-reading", places(unread)))));
    }
    List<MirrorAge> named = ages.stream().filter(age -> age.kept() == Mirrored.NAMES).toList();
    if (!named.isEmpty()) {
      add(quiet(new Span(getTranslation("inventory.names-only", places(named)))));
    }
    ages.stream()
        .filter(age -> age.readAt().isPresent())
        .min(Comparator.comparing(age -> age.readAt().orElseThrow()))
        .ifPresent(this::addOldest);
  }

  private void addProblem(MirrorAge age) {
    Paragraph since = new Paragraph();
    age.readAt()
        .ifPresent(
            at -> since.add(new Text(getTranslation("inventory.shown-is") + " "), Moment.ago(at)));
    add(
        new Notice(
            Mark.UNKNOWN,
            getTranslation("inventory.not-read", place(age)),
            new Paragraph(age.problem().orElseThrow().in(getLocale())),
            since));
  }

  private void addOldest(MirrorAge oldest) {
    Instant at = oldest.readAt().orElseThrow();
    Span line =
        new Span(
            new Text(getTranslation("inventory.as-of") + " "),
            Moment.ago(at),
            new Text(
                shown.size() > 1 ? " " + getTranslation("inventory.oldest", place(oldest)) : ""));
    line.addClassName("age");
    add(quiet(line));
  }

  private static Div quiet(Span line) {
    Div quiet = new Div(line);
    quiet.addClassNames("quiet", "small");
    return quiet;
  }

  private static String places(List<MirrorAge> ages) {
    return ages.stream().map(Ages::place).distinct().collect(Collectors.joining(", "));
  }

  private static String place(MirrorAge age) {
    return age.cloud() + " / " + age.region();
  }
}
