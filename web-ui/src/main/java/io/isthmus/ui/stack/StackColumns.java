package io.isthmus.ui.stack;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.stack.StackAction;
import io.isthmus.domain.stack.StackHealth;
import io.isthmus.domain.stack.StackOrder;
import io.isthmus.domain.stack.StackView;
import io.isthmus.ui.element.Clouds;
import io.isthmus.ui.element.Copyable;
import io.isthmus.ui.element.Moment;
import io.isthmus.ui.element.StateBadge;
import io.isthmus.ui.list.ListColumn;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** What is shown of stacks, one a row: what it is called, where it is, how far and how well. */
final class StackColumns {

  private final Supplier<Clouds> clouds;
  private final UnaryOperator<String> words;

  /**
   * @param clouds as they look now
   * @param words of the portal for a key
   */
  StackColumns(Supplier<Clouds> clouds, UnaryOperator<String> words) {
    this.clouds = clouds;
    this.words = words;
  }

  /** The status last: on a phone it stands beside the name. */
  List<ListColumn<StackView>> columns() {
    return List.of(
        of(StackOrder.By.NAME, "stack.name", this::name, StackView::name),
        ListColumn.of("where", words.apply("stack.where"), this::where, StackColumns::regions),
        ListColumn.of(
            "resources", words.apply("stack.resources"), Progress::new, StackColumns::progress),
        of(
            StackOrder.By.HEALTH,
            "stack.health",
            StackColumns::health,
            stack -> stack.health().state().name()),
        of(
            StackOrder.By.CREATED_AT,
            "stack.created",
            StackColumns::created,
            stack -> stack.createdAt().toString()),
        of(
                StackOrder.By.UPDATED_AT,
                "stack.updated",
                stack -> Moment.compact(stack.updatedAt()),
                stack -> stack.updatedAt().toString())
            .whenChosen(),
        ListColumn.<StackView>text(
                StackOrder.By.CREATED_BY.text(),
                words.apply("stack.created-by"),
                StackView::createdBy)
            .sorts()
            .whenChosen(),
        ListColumn.<StackView>of(
                "id",
                words.apply("stack.id"),
                stack -> Copyable.shortened(stack.id().toString()),
                stack -> stack.id().toString())
            .whenChosen(),
        of(
            StackOrder.By.STATUS,
            "stack.status",
            stack -> StateBadge.of(stack.status()),
            stack -> stack.status().toString()));
  }

  private ListColumn<StackView> of(
      StackOrder.By by,
      String header,
      java.util.function.Function<StackView, Component> cell,
      java.util.function.Function<StackView, String> text) {
    return ListColumn.of(by.text(), words.apply(header), cell, text).sorts();
  }

  private Component name(StackView stack) {
    return new Anchor("/stacks/" + stack.id(), stack.name());
  }

  private Component where(StackView stack) {
    return clouds.get().chips(stack.regions());
  }

  private static String regions(StackView stack) {
    return stack.regions().stream().map(Place::toString).collect(Collectors.joining(" "));
  }

  private static String progress(StackView stack) {
    return stack.partsDone()
        + " of "
        + stack.parts()
        + (stack.status().action() == StackAction.DELETE ? " gone" : "");
  }

  private static Component health(StackView stack) {
    // Of what is still being made, its health says nothing yet.
    return stack.health().state() == StackHealth.State.UNKNOWN && !stack.status().isTerminal()
        ? new Text("")
        : StateBadge.of(stack.health());
  }

  private static Component created(StackView stack) {
    Div cell = new Div(Moment.compact(stack.createdAt()), new Text(" · " + stack.createdBy()));
    cell.addClassName("small");
    return cell;
  }
}
