package io.isthmus.ui.cloud;

import com.vaadin.cdi.annotation.RouteScoped;
import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.cloud.CloudService;
import io.isthmus.domain.csv.Csv;
import io.isthmus.domain.placement.Capability;
import io.isthmus.domain.placement.CapabilityMatrix;
import io.isthmus.domain.placement.CapabilityMatrix.Cell;
import io.isthmus.domain.placement.CapabilityMatrix.Column;
import io.isthmus.ui.element.EmptyState;
import io.isthmus.ui.element.StateBadge;
import io.isthmus.ui.element.Table;
import io.isthmus.ui.list.CsvLink;
import io.isthmus.ui.shell.FederationAdminsOnly;
import io.isthmus.ui.shell.LiveUpdates;
import io.isthmus.ui.shell.MainLayout;
import io.isthmus.ui.shell.Page;
import io.isthmus.ui.widget.Mark;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Clouds and their regions beside each other: what each offers of what rules can require. */
@RouteScoped
@FederationAdminsOnly
@Route(value = CapabilitiesView.ADDRESS, layout = MainLayout.class)
public class CapabilitiesView extends Page implements BeforeEnterObserver {

  static final String ADDRESS = "capabilities";

  private static final long serialVersionUID = 1L;

  /** One capability in every column; equal rows are not drawn anew. */
  private record Row(Capability capability, List<Cell> cells) {}

  private final transient Callers callers;
  private final transient CloudService clouds;
  private final transient LiveUpdates live;
  private final Div body = new Div();

  private transient Caller caller;
  private transient Optional<CapabilityMatrix> shown = Optional.empty();

  @Inject
  CapabilitiesView(Callers callers, CloudService clouds, LiveUpdates live) {
    this.callers = callers;
    this.clouds = clouds;
    this.live = live;
    setBreadcrumb(new Anchor("/clouds", getTranslation("clouds.title")));
    setPageTitle(getTranslation("capabilities.title"));
    setSentence(getTranslation("capabilities.sentence"));
    setActions(new CsvLink(getTranslation("capabilities.title"), ADDRESS, () -> csv(matrix())));
    body.addClassName("matrix");
    setContent(body);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    caller = callers.current();
    shown = Optional.empty();
    refresh();
  }

  @Override
  protected void onAttach(AttachEvent attached) {
    super.onAttach(attached);
    live.follow(this, Optional.empty(), this::refresh);
  }

  private CapabilityMatrix matrix() {
    return CapabilityMatrix.of(clouds.listAll(caller));
  }

  private void refresh() {
    CapabilityMatrix now = matrix();
    if (shown.filter(now::equals).isPresent()) {
      return;
    }
    shown = Optional.of(now);
    body.removeAll();
    body.add(
        now.columns().isEmpty()
            ? new EmptyState(
                getTranslation("clouds.empty"),
                getTranslation("clouds.empty-words"),
                new Anchor(AddCloudView.ADDRESS, getTranslation("clouds.add")))
            : table(now));
  }

  private Component table(CapabilityMatrix matrix) {
    Table<Row> table =
        new Table<Row>(getTranslation("capabilities.title"), Row::capability)
            .column(getTranslation("capabilities.name"), this::name);
    for (int i = 0; i < matrix.columns().size(); i++) {
      Column column = matrix.columns().get(i);
      int index = i;
      table.column(name(column), row -> cell(row.cells().get(index))).named();
    }
    List<Row> rows = new ArrayList<>();
    for (Capability capability : Capability.values()) {
      rows.add(
          new Row(
              capability, matrix.columns().stream().map(column -> column.of(capability)).toList()));
    }
    table.setRows(rows);
    return table;
  }

  private static String name(Column column) {
    return column.region().isEmpty()
        ? column.cloud().text()
        : column.cloud() + " / " + column.region();
  }

  private Component name(Row row) {
    Span word = new Span(row.capability().word());
    word.addClassName("mono");
    Div cell = new Div(word);
    if (row.capability().isExtension()) {
      Span extension = new Span(getTranslation("capabilities.extension"));
      extension.addClassNames("quiet", "small");
      cell.add(new Div(extension));
    }
    return cell;
  }

  private Component cell(Cell cell) {
    Mark mark =
        switch (cell.offer()) {
          case OFFERED -> Mark.COMPLETE;
          case SILENT -> Mark.FAILED;
          case ABSENT, UNKNOWN -> Mark.UNKNOWN;
        };
    StateBadge badge =
        new StateBadge(
            mark,
            cell.version()
                .filter(version -> cell.offer() == CapabilityMatrix.Offer.OFFERED)
                .orElseGet(() -> getTranslation("capabilities." + cell.offer())));
    badge.setClassName("absent", cell.offer() == CapabilityMatrix.Offer.ABSENT);
    cell.problem().ifPresent(why -> badge.setTitle(why.in(getLocale())));
    return badge;
  }

  private static Csv csv(CapabilityMatrix matrix) {
    List<String> head = new ArrayList<>(List.of("capability"));
    matrix.columns().forEach(column -> head.add(name(column)));
    Csv csv = new Csv().row(head);
    for (Capability capability : Capability.values()) {
      List<String> row = new ArrayList<>(List.of(capability.word()));
      for (Column column : matrix.columns()) {
        Cell cell = column.of(capability);
        String offer = cell.offer().name().toLowerCase(Locale.ROOT);
        row.add(cell.version().map(version -> offer + " " + version).orElse(offer));
      }
      csv.row(row);
    }
    return csv;
  }
}
