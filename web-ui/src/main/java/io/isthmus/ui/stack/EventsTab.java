package io.isthmus.ui.stack;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.isthmus.domain.stack.StackEvent;
import io.isthmus.domain.stack.StackService;
import io.isthmus.ui.element.Moment;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.element.StateBadge;
import io.isthmus.ui.element.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongFunction;

/** What happened, newest first, in plain sentences. */
class EventsTab extends StackTab {

  private static final long serialVersionUID = 1L;
  private static final int PAGE = 200;

  private final transient LongFunction<List<StackEvent>> after;
  private final transient List<StackEvent> events = new ArrayList<>();
  private final transient Table<StackEvent> table;
  private final Span count = new Span();
  private final Button more = new Button();
  private int wanted = PAGE;

  /**
   * @param after gives at most {@link StackService#MOST} events after a sequence, oldest first
   */
  EventsTab(LongFunction<List<StackEvent>> after) {
    this.after = after;
    table =
        new Table<StackEvent>(getTranslation("tab.events"), StackEvent::sequence)
            .column(getTranslation("event.time"), event -> Moment.time(event.at()))
            .column(getTranslation("part.resource"), EventsTab::resource)
            .text(getTranslation("event.what"), event -> event.phrase().in(Reader.locale()))
            .column(getTranslation("stack.status"), event -> StateBadge.of(event.status()));
    count.addClassName("count");
    more.setText(getTranslation("stacks.more"));
    more.addClickListener(
        click -> {
          wanted += PAGE;
          draw();
        });
    add(count, table, more);
  }

  @Override
  void show(StackState state) {
    List<StackEvent> found;
    do {
      found = after.apply(events.isEmpty() ? 0 : events.get(events.size() - 1).sequence());
      events.addAll(found);
    } while (found.size() == StackService.MOST);
    draw();
  }

  private void draw() {
    int from = Math.max(0, events.size() - wanted);
    List<StackEvent> newest = new ArrayList<>(events.subList(from, events.size()));
    Collections.reverse(newest);
    table.setRows(newest);
    count.setText(getTranslation("event.count", events.size()));
    more.setVisible(from > 0);
  }

  private static Component resource(StackEvent event) {
    Div cell = new Div();
    event
        .part()
        .ifPresent(
            part -> {
              Span place = new Span(part.cloud() + " / " + part.region());
              place.addClassNames("quiet", "small");
              cell.add(new Span(part.resource() + " "), place);
            });
    return cell;
  }
}
