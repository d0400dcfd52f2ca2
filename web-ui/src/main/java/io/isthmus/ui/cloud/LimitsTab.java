package io.isthmus.ui.cloud;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Span;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudDetails.AccessDetails;
import io.isthmus.domain.cloud.CloudInventory;
import io.isthmus.domain.cloud.Limit;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.cloud.RegionInventory;
import io.isthmus.ui.element.Meter;
import io.isthmus.ui.element.Moment;
import io.isthmus.ui.element.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Limits and what counts against them, for each project and region. */
class LimitsTab extends CloudTab {

  private static final long serialVersionUID = 1L;

  /** Offers to change what the cloud itself lets a project have in a region. */
  interface Change {
    void open(ProjectId project, RegionInventory region);
  }

  private final transient Change change;
  private transient List<AccessDetails> shown = List.of();

  private record Row(LimitKind kind, Limit limit) {}

  LimitsTab(Change change) {
    this.change = change;
  }

  @Override
  void show(CloudState state) {
    if (state.details().accesses().equals(shown) && getComponentCount() > 0) {
      return;
    }
    shown = state.details().accesses();
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
    ProjectId project = access.access().project();
    String name = project + " · " + region.region();
    Div head = new Div(new H2(name), read);
    if (!region.limits().isEmpty()) {
      Button button =
          new Button(getTranslation("cloud-quota.change"), click -> change.open(project, region));
      button.addThemeVariants(ButtonVariant.LUMO_SMALL);
      button.setAriaLabel(getTranslation("cloud-quota.change-of", name));
      head.add(button);
    }
    head.addClassName("row");
    String of = project + " " + region.region();
    Div section = new Div(head, table(of, region.limits(), true));
    section.addClassName("stack");
    if (!region.capacity().isEmpty()) {
      section.add(
          new H3(getTranslation("limits.capacity")),
          table(of + " " + getTranslation("limits.capacity"), region.capacity(), false));
    }
    return section;
  }

  private Table<Row> table(String name, Map<LimitKind, Limit> limits, boolean reservable) {
    Table<Row> table =
        new Table<Row>(name, Row::kind)
            .text(getTranslation("limits.what"), row -> getTranslation("limit." + row.kind()))
            .column(
                getTranslation("limits.used"), row -> new Meter(row.kind(), row.limit(), false));
    if (reservable) {
      table.number(
          getTranslation("limits.reserved"),
          row -> Meter.amount(row.kind(), row.limit().reserved()));
    }
    table.number(getTranslation("limits.left"), this::left);
    table.setRows(
        Arrays.stream(LimitKind.values())
            .filter(limits::containsKey)
            .map(kind -> new Row(kind, limits.get(kind)))
            .toList());
    return table;
  }

  private String left(Row row) {
    return row.limit().maximum() < 0
        ? getTranslation("limits.no-limit")
        : Meter.amount(row.kind(), row.limit().remaining());
  }
}
