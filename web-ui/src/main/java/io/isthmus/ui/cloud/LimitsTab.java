package io.isthmus.ui.cloud;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import io.isthmus.domain.cloud.CloudDetails.AccessDetails;
import io.isthmus.domain.cloud.CloudInventory;
import io.isthmus.domain.cloud.Limit;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.cloud.RegionInventory;
import io.isthmus.ui.element.Moment;
import io.isthmus.ui.element.Table;
import java.util.Arrays;
import java.util.List;

/** Limits and what counts against them, for each project and region. */
class LimitsTab extends CloudTab {

  private static final long serialVersionUID = 1L;
  private transient List<AccessDetails> shown = List.of();

  private record Row(LimitKind kind, Limit limit) {}

  @Override
  void show(CloudState state) {
    if (state.details().accesses().equals(shown) && getComponentCount() > 0) {
      return;
    }
    shown = state.details().accesses();
    draw();
  }

  @Override
  void age() {
    draw();
  }

  private void draw() {
    removeAll();
    for (AccessDetails access : shown) {
      access
          .inventory()
          .ifPresent(
              inventory ->
                  inventory.regions().forEach(region -> add(limits(access, inventory, region))));
    }
    if (getComponentCount() == 0) {
      add(new NothingRead());
    }
  }

  private Component limits(AccessDetails access, CloudInventory inventory, RegionInventory region) {
    Span read =
        new Span(new Span(getTranslation("limits.read") + " "), Moment.ago(inventory.takenAt()));
    read.addClassName("age");
    Div head = new Div(new H2(access.access().project() + " · " + region.region()), read);
    head.addClassName("row");
    Table<Row> table =
        new Table<Row>(access.access().project() + " " + region.region(), Row::kind)
            .text(getTranslation("limits.what"), row -> getTranslation("limit." + row.kind()))
            .column(getTranslation("limits.used"), row -> new Meter(row.kind(), row.limit(), false))
            .number(getTranslation("limits.left"), this::left);
    table.setRows(
        Arrays.stream(LimitKind.values())
            .filter(region.limits()::containsKey)
            .map(kind -> new Row(kind, region.limits().get(kind)))
            .toList());
    Div section = new Div(head, table);
    section.addClassName("stack");
    return section;
  }

  private String left(Row row) {
    return row.limit().maximum() < 0
        ? getTranslation("limits.no-limit")
        : Meter.amount(row.kind(), row.limit().remaining());
  }
}
