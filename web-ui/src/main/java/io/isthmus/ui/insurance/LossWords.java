package io.isthmus.ui.insurance;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeDetails;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import io.isthmus.domain.placement.LostResource;
import io.isthmus.ui.element.Clouds;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.element.StateBadge;
import io.isthmus.ui.element.Table;
import io.isthmus.ui.placement.Reasons;
import io.isthmus.ui.placement.WhyNot;
import io.isthmus.ui.widget.Mark;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How it is told on every page what would become of what is lost. */
public final class LossWords {

  private final Component page;

  /**
   * @param page speaks the reader's language
   */
  public LossWords(Component page) {
    this.page = page;
  }

  /** How many resources have which outcome, the worst first; what none has is left out. */
  public String counts(Map<LostResource.Outcome, Integer> counts) {
    String told =
        Stream.of(LostResource.Outcome.values())
            .filter(outcome -> counts.getOrDefault(outcome, 0) > 0)
            .map(outcome -> page.getTranslation("loss.count." + outcome, counts.get(outcome)))
            .collect(Collectors.joining(" · "));
    return told.isEmpty() ? page.getTranslation("loss.count.none") : told;
  }

  /** What becomes of one, as shape, word and colour. */
  public StateBadge badge(LostResource.Outcome outcome) {
    Mark mark =
        switch (outcome) {
          case NO_PLACE -> Mark.FAILED;
          case STAYS_DOWN -> Mark.UNKNOWN;
          case MOVABLE -> Mark.DEGRADED;
          case MOVES -> Mark.COMPLETE;
        };
    return new StateBadge(mark, page.getTranslation("loss.outcome." + outcome));
  }

  /** The resources one by one, each with its reasons. */
  public Table<LostResource> table(List<LostResource> resources, Clouds clouds) {
    Table<LostResource> table =
        new Table<LostResource>(page.getTranslation("loss.resources"), LostResource::resource)
            .text(page.getTranslation("loss.resource"), LostResource::resource)
            .column(page.getTranslation("loss.outcome"), one -> badge(one.outcome()))
            .column(page.getTranslation("loss.where"), one -> places(one, clouds))
            .column(page.getTranslation("loss.interruption"), this::interruption)
            .column(page.getTranslation("loss.why"), one -> why(one, clouds))
            .live();
    table.setRows(resources);
    return table;
  }

  private static Component places(LostResource one, Clouds clouds) {
    Div cell = new Div();
    one.from().forEach(at -> cell.add(new Div(new Span("− "), clouds.place(at))));
    one.to().forEach(at -> cell.add(new Div(new Span("+ "), clouds.place(at))));
    return cell;
  }

  /** For how long it would be away, as far as that can be foreseen. */
  private Component interruption(LostResource one) {
    return new Paragraph(
        one.after()
            .map(
                after ->
                    page.getTranslation(
                        "loss.interruption.MOVES", Reader.formats().number(after.toSeconds())))
            .orElseGet(() -> page.getTranslation("loss.interruption." + waits(one.outcome()))));
  }

  private static LostResource.Outcome waits(LostResource.Outcome outcome) {
    return outcome == LostResource.Outcome.MOVES ? LostResource.Outcome.MOVABLE : outcome;
  }

  private Component why(LostResource one, Clouds clouds) {
    if (one.why().isEmpty() && one.elsewhere().isEmpty()) {
      return new Span();
    }
    Div why = new Div(Reasons.phrases(one.why()));
    why.addClassName("stack");
    if (!one.elsewhere().isEmpty()) {
      why.add(new WhyNot(one.elsewhere(), clouds));
    }
    return new NativeDetails(new Span(page.getTranslation("loss.reasons")), why);
  }
}
