package io.isthmus.ui.stack;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import io.isthmus.domain.cloud.CloudHealth;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.CloudView;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.stack.ActionStatus;
import io.isthmus.domain.stack.PartView;
import io.isthmus.domain.stack.StackAction;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.ui.element.CloudSites;
import io.isthmus.ui.element.Clouds;
import io.isthmus.ui.element.Copyable;
import io.isthmus.ui.element.Facts;
import io.isthmus.ui.element.HealthCell;
import io.isthmus.ui.element.Moment;
import io.isthmus.ui.element.Table;
import io.isthmus.ui.widget.SiteMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Where the stack is and how far, cloud by cloud. */
class StackOverviewTab extends StackTab {

  private static final long serialVersionUID = 1L;
  private static final int NAMED = 3;

  private final SiteMap map = new SiteMap();
  private final transient Table<CloudRow> table;
  private final Div facts = new Div();
  private transient Clouds clouds = new Clouds(List.of());

  /** One cloud's row: how many parts it shall have, has, and what is being done now. */
  private record CloudRow(
      CloudId cloud,
      int parts,
      int done,
      List<String> now,
      StackStatus of,
      Optional<CloudHealth> dark) {}

  StackOverviewTab() {
    map.setTexts(CloudSites.texts(this));
    map.setSizeFull();
    // Where nothing of the stack is, a dot is hollow.
    map.setPlan(true);
    Div frame = new Div(map);
    frame.addClassNames("map-frame", "after-list");
    table =
        new Table<CloudRow>(getTranslation("stack.by-cloud"), CloudRow::cloud)
            .column(getTranslation("cloud.name"), row -> clouds.chip(row.cloud()))
            .column(getTranslation("stack.now"), this::now)
            .text(
                getTranslation("stack.resources"),
                row -> getTranslation(Progress.key(row.of()), row.done(), row.parts()));
    Div beside = new Div(table, facts);
    beside.addClassName("stack-wide");
    Div split = new Div(frame, beside);
    split.addClassName("split");
    add(split);
  }

  private Component now(CloudRow row) {
    if (row.dark().isPresent()) {
      return new HealthCell(row.dark().get());
    }
    if (row.now().isEmpty()) {
      Span none = new Span(getTranslation("stack.nothing-now"));
      none.addClassName("quiet");
      return none;
    }
    String names = String.join(", ", row.now().subList(0, Math.min(NAMED, row.now().size())));
    int others = row.now().size() - NAMED;
    return new Span(others > 0 ? getTranslation("stack.and-others", names, others) : names);
  }

  @Override
  void show(StackState state) {
    clouds = new Clouds(state.clouds());
    Map<CloudId, List<PartView>> byCloud =
        state.parts().stream().collect(Collectors.groupingBy(part -> part.id().cloud()));
    table.setRows(
        byCloud.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> row(entry.getKey(), entry.getValue(), state))
            .toList());
    Map<Place, Long> counts =
        state.parts().stream()
            .filter(part -> !part.status().equals(StackStatus.DELETED))
            .collect(Collectors.groupingBy(part -> part.id().place(), Collectors.counting()));
    List<CloudView> involved =
        state.clouds().stream().filter(cloud -> byCloud.containsKey(cloud.id())).toList();
    map.setSites(
        CloudSites.of(
            involved,
            counts,
            (cloud, regions, count) ->
                getTranslation("overview.site", cloud.name(), String.join(", ", regions), count),
            (cloud, regions) -> false));
    facts.removeAll();
    facts.add(
        new H2(getTranslation("stack.facts")),
        new Facts()
            .fact(getTranslation("stack.id"), new Copyable(state.stack().id().toString()))
            .fact(getTranslation("stack.created"), Moment.absolute(state.stack().createdAt()))
            .fact(getTranslation("stack.created-by"), state.stack().createdBy())
            .fact(getTranslation("stack.updated"), Moment.absolute(state.stack().updatedAt())));
    facts.addClassName("stack");
  }

  private static CloudRow row(CloudId cloud, List<PartView> parts, StackState state) {
    StackStatus of = state.stack().status();
    boolean leaving = of.action() == StackAction.DELETE;
    return new CloudRow(
        cloud,
        parts.size(),
        (int)
            parts.stream()
                .filter(
                    part ->
                        leaving
                            ? part.status().equals(StackStatus.DELETED)
                            : part.status().isWhole())
                .count(),
        parts.stream()
            .filter(part -> part.status().status() == ActionStatus.IN_PROGRESS)
            .map(part -> part.id().resource())
            .sorted()
            .toList(),
        of,
        state.clouds().stream()
            .filter(known -> known.id().equals(cloud))
            .map(CloudView::health)
            .filter(health -> health.state() == CloudHealth.State.UNREACHABLE)
            .findFirst());
  }
}
