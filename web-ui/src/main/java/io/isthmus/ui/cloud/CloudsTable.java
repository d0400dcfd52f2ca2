package io.isthmus.ui.cloud;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.isthmus.domain.cloud.CloudDetails;
import io.isthmus.domain.cloud.Flavor;
import io.isthmus.domain.cloud.Image;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.cloud.Operator;
import io.isthmus.domain.cloud.RegionInventory;
import io.isthmus.ui.element.CloudChip;
import io.isthmus.ui.element.Countries;
import io.isthmus.ui.element.HealthCell;
import io.isthmus.ui.element.StateBadge;
import io.isthmus.ui.element.Table;
import io.isthmus.ui.widget.Hue;
import io.isthmus.ui.widget.Mark;
import java.util.List;

/** Clouds, one a row: whose, where, what was found, how much of it is used, how well it is. */
class CloudsTable extends Div {

  private static final long serialVersionUID = 1L;
  private static final List<LimitKind> TOLD =
      List.of(LimitKind.INSTANCES, LimitKind.VCPUS, LimitKind.RAM_MIB);

  private final transient Table<CloudDetails> table;

  CloudsTable() {
    addClassName("clouds-table");
    table =
        new Table<CloudDetails>(getTranslation("clouds.title"), row -> row.cloud().id())
            .column(getTranslation("cloud.name"), this::name)
            .column(getTranslation("clouds.operator"), this::operator)
            .column(getTranslation("clouds.regions"), this::regions)
            .column(getTranslation("clouds.services"), this::services)
            .column(getTranslation("clouds.offers"), this::offers)
            .column(getTranslation("clouds.use"), this::use)
            .column(getTranslation("clouds.accesses"), this::accesses)
            .column(getTranslation("cloud.health"), this::health);
    add(table);
  }

  void show(List<CloudDetails> clouds) {
    table.setRows(clouds);
  }

  /** For the ages. */
  void redraw() {
    table.redraw();
  }

  private Component name(CloudDetails row) {
    Anchor link = new Anchor("/clouds/" + row.cloud().id());
    link.add(new CloudChip(row.cloud().id().text(), new Hue(row.cloud().hue())));
    return lines(link, quiet(row.cloud().name()));
  }

  private Component operator(CloudDetails row) {
    Operator operator = row.cloud().facts().operator();
    return lines(
        new Span(operator.name()),
        quiet(operator.seat().map(Countries::name).orElse(getTranslation("clouds.seat-unknown"))));
  }

  private Component regions(CloudDetails row) {
    Div cell = lines();
    new CloudSummary(row)
        .zones()
        .forEach(
            (region, zones) -> {
              Span line = new Span(region);
              if (!zones.isEmpty()) {
                line.setText(getTranslation("clouds.region-zones", region, zones.size()));
                line.setTitle(String.join(", ", zones));
              }
              cell.add(new Div(line));
            });
    return cell;
  }

  private Component services(CloudDetails row) {
    CloudSummary summary = new CloudSummary(row);
    if (!summary.isLookedAt()) {
      return quiet(getTranslation("clouds.nothing-read"));
    }
    List<String> silent = summary.silent();
    Div cell = lines(new Span(getTranslation("clouds.services-found", summary.services().size())));
    cell.setTitle(String.join(", ", summary.services()));
    if (!silent.isEmpty()) {
      cell.add(
          new StateBadge(Mark.DEGRADED, getTranslation("clouds.services-silent", silent.size())),
          quiet(String.join(", ", silent)));
    }
    return cell;
  }

  private Component offers(CloudDetails row) {
    CloudSummary summary = new CloudSummary(row);
    if (!summary.isLookedAt()) {
      return new Span();
    }
    return lines(
        new Span(
            getTranslation(
                "clouds.flavors-count", summary.distinct(RegionInventory::flavors, Flavor::name))),
        new Span(
            getTranslation(
                "clouds.images-count", summary.distinct(RegionInventory::images, Image::name))));
  }

  private Component use(CloudDetails row) {
    CloudSummary summary = new CloudSummary(row);
    Div cell = lines();
    for (LimitKind kind : TOLD) {
      summary.limit(kind).ifPresent(limit -> cell.add(new Meter(kind, limit, true)));
    }
    return cell;
  }

  private Component accesses(CloudDetails row) {
    Div cell = lines();
    row.accesses().forEach(access -> cell.add(new Div(access.access().project().toString())));
    if (row.accesses().isEmpty()) {
      cell.add(quiet(getTranslation("clouds.no-access")));
    }
    return cell;
  }

  private Component health(CloudDetails row) {
    HealthCell cell = new HealthCell(row.health());
    if (!row.cloud().enabled()) {
      cell.add(new Div(new StateBadge(Mark.DEGRADED, getTranslation("clouds.disabled"))));
    }
    return cell;
  }

  private static Div lines(Component... components) {
    Div lines = new Div();
    lines.addClassName("lines");
    for (Component component : components) {
      lines.add(component);
    }
    return lines;
  }

  private static Component quiet(String text) {
    Span words = new Span(text);
    words.addClassNames("quiet", "small");
    return words;
  }
}
