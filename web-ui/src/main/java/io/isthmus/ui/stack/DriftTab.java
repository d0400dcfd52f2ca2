package io.isthmus.ui.stack;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import io.isthmus.domain.drift.DriftReport;
import io.isthmus.domain.drift.Drifted;
import io.isthmus.domain.drift.PartDrift;
import io.isthmus.domain.drift.PropertyDrift;
import io.isthmus.domain.drift.Untold;
import io.isthmus.domain.stack.DriftChoice;
import io.isthmus.ui.element.Clouds;
import io.isthmus.ui.element.EmptyState;
import io.isthmus.ui.element.Moment;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.element.Table;
import io.isthmus.ui.widget.Mark;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What was changed in clouds behind our back, one property a row, and what is done about it. */
class DriftTab extends StackTab {

  private static final long serialVersionUID = 1L;
  private static final int NAMED = 8;

  private final transient Supplier<DriftReport> report;
  private final transient Consumer<DriftChoice> choose;
  private final Paragraph words = new Paragraph();
  private final Div others = new Div();
  private final Div content = new Div();
  private final Div unknown = new Div();
  private final Div age = new Div();
  private final transient Table<Row> table;
  private transient Clouds clouds = new Clouds(List.of());
  private transient DriftChoice chosen = DriftChoice.REPLACE_VANISHED;
  private transient DriftChoice offered;

  /**
   * One row.
   *
   * @param drifted empty for what has vanished whole
   */
  record Row(PartDrift part, Optional<Drifted> drifted) {

    String key() {
      return part.id() + drifted.map(Drifted::drift).map(PropertyDrift::toString).orElse("");
    }

    Optional<Instant> since() {
      return drifted.map(Drifted::since).or(part::since);
    }
  }

  DriftTab(Supplier<DriftReport> report, Consumer<DriftChoice> choose) {
    this.report = report;
    this.choose = choose;
    words.addClassName("sentence");
    others.addClassName("row");
    age.addClassNames("quiet", "small");
    table =
        new Table<Row>(getTranslation("tab.drift"), Row::key)
            .text(getTranslation("part.resource"), row -> row.part().id().resource())
            .column(getTranslation("stack.where"), row -> clouds.place(row.part().id().place()))
            .text(getTranslation("drift.property"), this::property)
            .column(getTranslation("drift.expected"), this::expected)
            .column(getTranslation("drift.found"), this::found)
            .column(
                getTranslation("drift.since"),
                row -> row.since().map(at -> (Component) Moment.compact(at)).orElseGet(Span::new));
    unknown.addClassName("stack");
    add(words, others, content, unknown, age);
  }

  @Override
  void show(StackState state) {
    clouds = new Clouds(state.clouds());
    DriftReport now = report.get();
    chosen = now.choice();
    words.setText(getTranslation("drift.choice-" + chosen));
    offerOthers();
    List<Row> rows = rows(now);
    content.removeAll();
    if (rows.isEmpty()) {
      content.add(nothing(now));
    } else {
      content.add(table);
      table.setRows(rows);
    }
    showUnknown(now);
    age.removeAll();
    now.readAt()
        .ifPresent(
            at -> age.add(new Text(getTranslation("inventory.as-of") + " "), Moment.ago(at)));
  }

  /** A button for each choice that is not made; made anew only when the choice is another. */
  private void offerOthers() {
    if (chosen == offered) {
      return;
    }
    offered = chosen;
    others.removeAll();
    for (DriftChoice choice : DriftChoice.values()) {
      if (choice != chosen) {
        others.add(
            new Button(getTranslation("drift.choose-" + choice), click -> choose.accept(choice)));
      }
    }
  }

  static List<Row> rows(DriftReport report) {
    List<Row> rows = new ArrayList<>();
    report.parts().stream()
        .filter(PartDrift::vanished)
        .forEach(part -> rows.add(new Row(part, Optional.empty())));
    report.parts().stream()
        .filter(part -> !part.vanished())
        .forEach(
            part ->
                part.properties()
                    .forEach(drifted -> rows.add(new Row(part, Optional.of(drifted)))));
    return rows;
  }

  /** That nothing is known is never told as if nothing were wrong. */
  private Component nothing(DriftReport now) {
    boolean untold = now.parts().stream().anyMatch(part -> part.untold().isPresent());
    if (now.comparable() > 0 && now.parts().size() >= now.comparable()) {
      return new EmptyState(getTranslation("drift.unknown"), getTranslation("drift.unknown-words"));
    }
    return new EmptyState(
        getTranslation(untold ? "drift.none-known" : "drift.none"),
        getTranslation("drift.none-words"));
  }

  private void showUnknown(DriftReport now) {
    unknown.removeAll();
    Map<Untold, List<PartDrift>> why =
        now.parts().stream()
            .filter(part -> part.untold().isPresent())
            .collect(
                Collectors.groupingBy(
                    part -> part.untold().orElseThrow(), TreeMap::new, Collectors.toList()));
    why.forEach(
        (reason, parts) ->
            unknown.add(
                new Notice(
                    Mark.UNKNOWN,
                    getTranslation("drift.untold-" + reason, parts.size()),
                    new Paragraph(named(parts)))));
  }

  private String named(List<PartDrift> parts) {
    List<String> names =
        parts.stream()
            .sorted(Comparator.comparing(PartDrift::id))
            .map(
                part ->
                    part.id().resource() + " · " + part.id().cloud() + " / " + part.id().region())
            .toList();
    String first = names.stream().limit(NAMED).collect(Collectors.joining(", "));
    int more = names.size() - NAMED;
    return more > 0 ? getTranslation("stack.and-others", first, more) : first;
  }

  private String property(Row row) {
    return row.drifted()
        .map(drifted -> drifted.drift().property())
        .orElseGet(() -> getTranslation("drift.whole"));
  }

  private Component expected(Row row) {
    return row.drifted()
        .map(drifted -> value(drifted.drift().expected(), "drift.nothing"))
        .orElseGet(() -> new Span(getTranslation("drift.there")));
  }

  private Component found(Row row) {
    return row.drifted()
        .map(
            drifted ->
                value(
                    drifted.drift().found(),
                    drifted.drift().change() == PropertyDrift.Change.CLOSED
                        ? "drift.removed"
                        : "drift.nothing"))
        .orElseGet(() -> new Span(getTranslation("drift.vanished")));
  }

  private Component value(Optional<JsonValue> value, String otherwise) {
    if (value.isPresent()) {
      return new Span(PropertyDrift.text(value.get()));
    }
    Span nothing = new Span(getTranslation(otherwise));
    nothing.addClassName("quiet");
    return nothing;
  }
}
