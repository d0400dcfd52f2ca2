package io.isthmus.ui.plan;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.placement.Plan;
import io.isthmus.domain.placement.PlannedUpdate;
import io.isthmus.domain.placement.ResourceChange;
import io.isthmus.ui.element.Clouds;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.element.Table;
import io.isthmus.ui.widget.Mark;
import java.util.Comparator;
import java.util.List;

/**
 * What an update changes: how many resources in which way, what it costs more or less, and each
 * change with what causes it and what it interrupts; what loses most first.
 */
class UpdatePanel extends Div {

  private static final long serialVersionUID = 1L;

  UpdatePanel(Plan plan, PlannedUpdate update, Clouds clouds) {
    addClassName("stack");
    UpdateWords words = new UpdateWords(this::getTranslation, Reader.formats(), getLocale());
    add(
        new H2(getTranslation("update.title")),
        new Paragraph(words.counts(update.changes())),
        new Paragraph(words.cost(update.difference(plan.placement().cost()))));
    List<ResourceChange> changed =
        update.changes().stream()
            .filter(change -> change.kind() != ResourceChange.Kind.UNCHANGED)
            .sorted(Comparator.comparing(ResourceChange::kind))
            .toList();
    if (changed.isEmpty()) {
      add(new Notice(Mark.COMPLETE, "", new Paragraph(getTranslation("update.nothing"))));
      return;
    }
    Table<ResourceChange> table =
        new Table<ResourceChange>(getTranslation("update.changes"), ResourceChange::resource)
            .text(getTranslation("plan.resource"), ResourceChange::resource)
            .text(getTranslation("update.kind"), change -> kind(change.kind()))
            .text(getTranslation("update.causes"), change -> String.join(", ", change.causes()))
            .column(getTranslation("plan.where"), change -> places(change, clouds))
            .text(
                getTranslation("update.interruption"),
                change -> change.interruption().map(what -> what.in(getLocale())).orElse(""));
    table.named();
    table.setRows(changed);
    add(table);
  }

  private String kind(ResourceChange.Kind kind) {
    return getTranslation("update.kind." + kind);
  }

  private static Component places(ResourceChange change, Clouds clouds) {
    Div cell = new Div();
    List<Place> from = change.from();
    List<Place> to = change.to();
    if (from.equals(to) || to.isEmpty()) {
      cell.add(clouds.chips(from));
    } else if (from.isEmpty()) {
      cell.add(clouds.chips(to));
    } else if (from.size() == 1 && to.size() == 1) {
      cell.add(clouds.place(from.get(0)), new Span(" → "), clouds.place(to.get(0)));
    } else {
      // Of what lies in several places, those that come and those that go.
      to.stream()
          .filter(place -> !from.contains(place))
          .forEach(place -> cell.add(new Div(new Span("+ "), clouds.place(place))));
      from.stream()
          .filter(place -> !to.contains(place))
          .forEach(place -> cell.add(new Div(new Span("− "), clouds.place(place))));
    }
    return cell;
  }
}
