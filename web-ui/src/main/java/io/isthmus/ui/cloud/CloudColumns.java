package io.isthmus.ui.cloud;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.isthmus.domain.cloud.CloudDetails;
import io.isthmus.domain.cloud.CloudHealth;
import io.isthmus.domain.cloud.Flavor;
import io.isthmus.domain.cloud.Image;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.cloud.Operator;
import io.isthmus.domain.cloud.RegionInventory;
import io.isthmus.ui.element.CloudChip;
import io.isthmus.ui.element.Countries;
import io.isthmus.ui.element.DisabledCloud;
import io.isthmus.ui.element.HealthCell;
import io.isthmus.ui.element.Meter;
import io.isthmus.ui.element.StateBadge;
import io.isthmus.ui.list.ListColumn;
import io.isthmus.ui.widget.Hue;
import io.isthmus.ui.widget.Mark;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What is shown of clouds: whose, where, what was found, how much is used, how well it is. */
class CloudColumns {

  private static final List<LimitKind> TOLD =
      List.of(LimitKind.INSTANCES, LimitKind.VCPUS, LimitKind.RAM_MIB);

  /** From the worst to the best. */
  private static final List<CloudHealth.State> WORST_FIRST =
      List.of(
          CloudHealth.State.UNREACHABLE,
          CloudHealth.State.DEGRADED,
          CloudHealth.State.UNKNOWN,
          CloudHealth.State.REACHABLE);

  private final Component page;

  /**
   * @param page speaks the reader's language
   */
  CloudColumns(Component page) {
    this.page = page;
  }

  /** By what clouds can be ordered; what is equal in it is by id. */
  static Map<String, Comparator<CloudDetails>> orders() {
    return Map.of(
        "name",
        Comparator.comparing(row -> row.cloud().id()),
        "operator",
        Comparator.comparing(row -> row.cloud().facts().operator().name()),
        "use",
        Comparator.comparing(row -> new CloudSummary(row).fullest()),
        "health",
        Comparator.comparing(row -> WORST_FIRST.indexOf(row.health().state())));
  }

  List<ListColumn<CloudDetails>> columns() {
    return List.of(
        ListColumn.of("name", word("cloud.name"), this::name, row -> row.cloud().id().text())
            .sorts(),
        ListColumn.of(
                "operator",
                word("clouds.operator"),
                this::operator,
                row -> row.cloud().facts().operator().name())
            .sorts(),
        ListColumn.of(
            "regions",
            word("clouds.regions"),
            this::regions,
            row -> String.join(" ", new CloudSummary(row).zones().keySet())),
        ListColumn.of(
            "services",
            word("clouds.services"),
            this::services,
            row -> String.join(" ", new CloudSummary(row).services())),
        ListColumn.of("offers", word("clouds.offers"), this::offers, CloudColumns::offered),
        ListColumn.of(
                "use", word("clouds.use"), this::use, row -> new CloudSummary(row).fullest() + " %")
            .sorts(),
        ListColumn.of(
            "accesses",
            word("clouds.accesses"),
            this::accesses,
            row ->
                row.accesses().stream()
                    .map(access -> access.access().project().toString())
                    .collect(Collectors.joining(" "))),
        ListColumn.<CloudDetails>text(
                "keystone", word("facts.keystone"), row -> row.cloud().authUrl().toString())
            .whenChosen(),
        ListColumn.of(
                "health", word("cloud.health"), this::health, row -> row.health().state().name())
            .sorts());
  }

  private String word(String key, Object... arguments) {
    return page.getTranslation(key, arguments);
  }

  private static String offered(CloudDetails row) {
    CloudSummary summary = new CloudSummary(row);
    return summary.distinct(RegionInventory::flavors, Flavor::name)
        + " flavors "
        + summary.distinct(RegionInventory::images, Image::name)
        + " images";
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
        quiet(operator.seat().map(Countries::name).orElse(word("clouds.seat-unknown"))));
  }

  private Component regions(CloudDetails row) {
    Div cell = lines();
    new CloudSummary(row)
        .zones()
        .forEach(
            (region, zones) -> {
              Span line = new Span(region);
              if (!zones.isEmpty()) {
                line.setText(word("clouds.region-zones", region, zones.size()));
                line.setTitle(String.join(", ", zones));
              }
              cell.add(new Div(line));
            });
    return cell;
  }

  private Component services(CloudDetails row) {
    CloudSummary summary = new CloudSummary(row);
    if (!summary.isLookedAt()) {
      return quiet(word("clouds.nothing-read"));
    }
    List<String> silent = summary.silent();
    Div cell = lines(new Span(word("clouds.services-found", summary.services().size())));
    cell.setTitle(String.join(", ", summary.services()));
    if (!silent.isEmpty()) {
      cell.add(
          new StateBadge(Mark.DEGRADED, word("clouds.services-silent", silent.size())),
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
            word("clouds.flavors-count", summary.distinct(RegionInventory::flavors, Flavor::name))),
        new Span(
            word("clouds.images-count", summary.distinct(RegionInventory::images, Image::name))));
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
      cell.add(quiet(word("clouds.no-access")));
    }
    return cell;
  }

  private Component health(CloudDetails row) {
    HealthCell cell = new HealthCell(row.health());
    if (!row.cloud().enabled()) {
      cell.add(new DisabledCloud());
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
