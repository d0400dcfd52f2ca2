package io.isthmus.ui.stack;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.isthmus.domain.stack.StackHealth;
import io.isthmus.domain.stack.StackView;
import io.isthmus.ui.element.Clouds;
import io.isthmus.ui.element.Moment;
import io.isthmus.ui.element.StateBadge;
import io.isthmus.ui.element.Table;
import java.util.List;

/** Stacks, one a row: what it is called, where it is, how far and how well. */
public class StacksTable extends Div {

  private static final long serialVersionUID = 1L;

  private final transient Table<StackView> table;
  private transient Clouds clouds = new Clouds(List.of());

  /**
   * @param name what it is called by a screen reader
   */
  public StacksTable(String name) {
    table =
        new Table<StackView>(name, StackView::id)
            .column(
                getTranslation("stack.name"),
                stack -> new Anchor("/stacks/" + stack.id(), stack.name()))
            .column(getTranslation("stack.where"), stack -> clouds.chips(stack.regions()))
            .column(getTranslation("stack.resources"), Progress::new)
            .column(getTranslation("stack.health"), StacksTable::health)
            .column(getTranslation("stack.created"), StacksTable::created)
            .column(getTranslation("stack.status"), stack -> StateBadge.of(stack.status()));
    add(table);
  }

  public void show(List<StackView> stacks, Clouds known) {
    clouds = known;
    table.setRows(stacks);
  }

  /** For the ages. */
  public void redraw() {
    table.redraw();
  }

  private static Component health(StackView stack) {
    // Of what is still being made, its health says nothing yet.
    return stack.health().state() == StackHealth.State.UNKNOWN && !stack.status().isTerminal()
        ? new Span("")
        : StateBadge.of(stack.health());
  }

  private static Component created(StackView stack) {
    Span cell = new Span(Moment.ago(stack.createdAt()), new Span(" · " + stack.createdBy()));
    cell.addClassName("small");
    return cell;
  }
}
