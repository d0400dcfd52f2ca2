package io.isthmus.ui.stack;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Span;
import io.isthmus.domain.insurance.RehearsalRun;
import io.isthmus.domain.insurance.RehearsedServer;
import io.isthmus.ui.element.Clouds;
import io.isthmus.ui.element.Facts;
import io.isthmus.ui.element.Moment;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.element.StateBadge;
import io.isthmus.ui.element.Table;
import io.isthmus.ui.widget.Mark;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** How it is told what a real rehearsal has measured. */
final class RehearsalRunWords {

  private final Component page;

  /**
   * @param page speaks the reader's language
   */
  RehearsalRunWords(Component page) {
    this.page = page;
  }

  /** What came of it, or how far it is. */
  StateBadge badge(RehearsalRun run) {
    if (run.phase() != RehearsalRun.Phase.ENDED) {
      return new StateBadge(Mark.PROGRESS, page.getTranslation("rehearsal.phase." + run.phase()));
    }
    RehearsalRun.Outcome outcome = run.outcome().orElseThrow();
    Mark mark =
        switch (outcome) {
          case RETURNED -> Mark.COMPLETE;
          case FAILED -> Mark.FAILED;
          case OVERTAKEN, CHANGED, ABANDONED -> Mark.UNKNOWN;
        };
    return new StateBadge(mark, page.getTranslation("rehearsal.outcome." + outcome));
  }

  /** In a word, for lists. */
  String result(RehearsalRun run) {
    return run.recovery()
        .map(time -> page.getTranslation("rehearsal.result-real", seconds(time)))
        .orElseGet(() -> page.getTranslation("rehearsal.phase." + run.phase()));
  }

  void addTo(Facts facts, RehearsalRun run) {
    facts.fact(page.getTranslation("rehearsal.recovery"), told(run.recovery()));
    facts.fact(
        page.getTranslation("rehearsal.detection"),
        page.getTranslation("rehearsal.seconds", seconds(run.detection())));
    facts.fact(page.getTranslation("rehearsal.homecoming"), told(run.homecoming()));
    facts.fact(
        page.getTranslation("rehearsal.returns"),
        page.getTranslation("rehearsal.returns." + run.returns()));
    run.times()
        .endedAt()
        .ifPresent(at -> facts.fact(page.getTranslation("rehearsal.over"), Moment.absolute(at)));
  }

  /** Each server with what was measured of it. */
  Table<RehearsedServer> table(RehearsalRun run, Clouds clouds) {
    Table<RehearsedServer> table =
        new Table<RehearsedServer>(
                page.getTranslation("rehearsal.servers"), RehearsedServer::resource)
            .text(page.getTranslation("loss.resource"), RehearsedServer::resource)
            .column(page.getTranslation("loss.where"), one -> places(one, clouds))
            .text(page.getTranslation("rehearsal.away"), one -> leg(one, one.away()))
            .text(page.getTranslation("rehearsal.back"), one -> leg(one, one.back()))
            .text(
                page.getTranslation("rehearsal.witness"),
                one ->
                    page.getTranslation(
                        one.probed() ? "rehearsal.by-probes" : "rehearsal.by-cloud"))
            .live();
    table.setRows(run.servers());
    return table;
  }

  /** What was told, in order. */
  Component story(RehearsalRun run) {
    Locale locale = Reader.locale();
    OrderedList list = new OrderedList();
    run.story()
        .forEach(
            told ->
                list.add(
                    new ListItem(
                        Moment.absolute(told.at()), new Span(" " + told.why().in(locale)))));
    return list;
  }

  private static Component places(RehearsedServer one, Clouds clouds) {
    Div cell = new Div(new Div(new Span("− "), clouds.place(one.from())));
    one.to().ifPresent(at -> cell.add(new Div(new Span("+ "), clouds.place(at))));
    return cell;
  }

  private String leg(RehearsedServer server, RehearsedServer.Leg leg) {
    if (leg.unanswered()) {
      return page.getTranslation("rehearsal.unanswered");
    }
    return server
        .interruption(leg)
        .map(time -> page.getTranslation("rehearsal.at-most", seconds(time)))
        .orElse("—");
  }

  private String told(Optional<Duration> time) {
    return time.map(one -> page.getTranslation("rehearsal.seconds", seconds(one))).orElse("—");
  }

  private static String seconds(Duration time) {
    return Reader.formats().number(Math.round(time.toMillis() / 100.0) / 10.0);
  }
}
