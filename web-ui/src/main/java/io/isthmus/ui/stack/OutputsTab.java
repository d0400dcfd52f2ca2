package io.isthmus.ui.stack;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.isthmus.domain.stack.OutputView;
import io.isthmus.ui.element.Copyable;
import io.isthmus.ui.element.EmptyState;
import io.isthmus.ui.element.Table;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.function.Supplier;

/** The outputs, each as soon as it is known. */
class OutputsTab extends StackTab {

  private static final long serialVersionUID = 1L;

  private final transient Supplier<List<OutputView>> outputs;
  private final transient Table<OutputView> table;

  OutputsTab(Supplier<List<OutputView>> outputs) {
    this.outputs = outputs;
    table =
        new Table<OutputView>(getTranslation("tab.outputs"), OutputView::name)
            .text(getTranslation("output.name"), OutputView::name)
            .text(getTranslation("output.description"), OutputView::description)
            .column(getTranslation("output.value"), this::value);
  }

  @Override
  void show(StackState state) {
    List<OutputView> now = outputs.get();
    if (now.isEmpty()) {
      removeAll();
      add(new EmptyState(getTranslation("output.none"), getTranslation("output.none-words")));
      return;
    }
    if (table.getParent().isEmpty()) {
      removeAll();
      add(table);
    }
    table.setRows(now);
  }

  private Component value(OutputView output) {
    if (output.value().isEmpty()) {
      Span unknown = new Span(getTranslation("output.not-known"));
      unknown.addClassName("quiet");
      return unknown;
    }
    return shown(output.value().get());
  }

  private static Component shown(JsonValue value) {
    Div lines = new Div();
    if (value instanceof JsonArray list) {
      list.forEach(item -> lines.add(new Div(shown(item))));
      return lines;
    }
    if (value instanceof JsonObject map) {
      map.forEach(
          (key, item) -> {
            Span name = new Span(key + ": ");
            name.addClassName("quiet");
            lines.add(new Div(name, shown(item)));
          });
      return lines;
    }
    return new Copyable(value instanceof JsonString text ? text.getString() : value.toString());
  }
}
