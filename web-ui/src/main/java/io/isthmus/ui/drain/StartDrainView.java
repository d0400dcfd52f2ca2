package io.isthmus.ui.drain;

import com.vaadin.cdi.annotation.RouteScoped;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.NativeDetails;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.cloud.Area;
import io.isthmus.domain.cloud.CloudDetails;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.CloudService;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.cloud.RegionInventory;
import io.isthmus.domain.drain.Drain;
import io.isthmus.domain.drain.DrainPreview;
import io.isthmus.domain.drain.DrainService;
import io.isthmus.domain.drain.DrainWish;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.placement.Decision;
import io.isthmus.domain.placement.ResourceChange;
import io.isthmus.ui.element.Clouds;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.element.Table;
import io.isthmus.ui.placement.Reasons;
import io.isthmus.ui.shell.FederationAdminsOnly;
import io.isthmus.ui.shell.MainLayout;
import io.isthmus.ui.shell.Page;
import io.isthmus.ui.shell.PageWork;
import io.isthmus.ui.unsent.UnsentForm;
import io.isthmus.ui.unsent.UnsentForms;
import io.isthmus.ui.widget.Mark;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The way to a drain: which part of a cloud, why, how many stacks at once; then what would move
 * where and what would stay; then its start.
 */
@RouteScoped
@FederationAdminsOnly
@Route(value = StartDrainView.ROUTE + "/:cloud", layout = MainLayout.class)
public class StartDrainView extends Page implements BeforeEnterObserver {

  /** With two segments, so that no drain's address is like it. */
  static final String ROUTE = "drains/begin";

  private static final long serialVersionUID = 1L;
  private static final int AT_ONCE = 2;
  private static final String AREA = "area";
  private static final String REASON = "reason";
  private static final String SOME = "at_once";
  private static final String DATA = "with_data";

  private final transient Callers callers;
  private final transient DrainService drains;
  private final transient CloudService cloudService;
  private final transient PageWork work;
  private final transient UnsentForms forms;
  private final Div notice = new Div();
  private final Select<Area> area = new Select<>();
  private final TextArea reason = new TextArea();
  private final IntegerField atOnce = new IntegerField();
  private final Checkbox withData = new Checkbox();
  private final Div outcome = new Div();
  private final Button preview = new Button();
  private final Button start = new Button();
  private final transient DrainWords words = new DrainWords(this);
  private transient Caller caller;
  private transient CloudId cloud;
  private transient UnsentForm unsent;
  private transient Clouds clouds = new Clouds(List.of());
  private boolean filling;
  private int asked;

  /** Where a drain of a cloud is begun. */
  public static String address(CloudId cloud) {
    return ROUTE + "/" + cloud;
  }

  @Inject
  StartDrainView(
      Callers callers, DrainService drains, CloudService clouds, PageWork work, UnsentForms forms) {
    this.callers = callers;
    this.drains = drains;
    this.cloudService = clouds;
    this.work = work;
    this.forms = forms;
    setBreadcrumb(new Anchor("/" + DrainsView.ADDRESS, getTranslation("drains.title")));
    setSentence(getTranslation("drain-start.sentence"));
    lay();
  }

  private void lay() {
    area.setLabel(getTranslation("drain-start.area"));
    area.setHelperText(getTranslation("drain-start.area-help"));
    area.addValueChangeListener(change -> typed());
    reason.setLabel(getTranslation("drains.reason"));
    reason.setHelperText(getTranslation("drain-start.reason-help"));
    reason.setRequired(true);
    reason.setMaxLength(Drain.LONGEST_REASON);
    reason.setWidthFull();
    reason.setErrorMessage(getTranslation("form.needed"));
    reason.setValueChangeMode(ValueChangeMode.LAZY);
    reason.addValueChangeListener(change -> typed());
    atOnce.setLabel(getTranslation("drain.at-once"));
    atOnce.setMin(1);
    atOnce.setMax(Drain.MOST_AT_ONCE);
    atOnce.setStepButtonsVisible(true);
    atOnce.addValueChangeListener(change -> typed());
    withData.setLabel(getTranslation("drain-start.with-data"));
    withData.setHelperText(getTranslation("drain-start.with-data-help"));
    withData.addValueChangeListener(change -> typed());
    preview.setText(getTranslation("drain-start.preview"));
    preview.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    preview.setDisableOnClick(true);
    preview.addClickListener(click -> preview());
    start.setText(getTranslation("drain-start.start"));
    start.addThemeVariants(ButtonVariant.LUMO_PRIMARY, ButtonVariant.LUMO_ERROR);
    start.addClickListener(click -> start());
    start.setVisible(false);
    Button cancel = new Button(getTranslation("shell.cancel"), click -> giveUp());
    Div buttons = new Div(cancel, preview);
    buttons.addClassNames("row", "step-buttons");
    Div fields = new Div(area, reason, atOnce, withData, buttons);
    fields.addClassName("stack");
    outcome.addClassName("stack");
    outcome.setId("drain-outcome");
    setContent(notice, fields, outcome, start);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    caller = callers.current();
    String text = event.getRouteParameters().get("cloud").orElse("");
    try {
      cloud = new CloudId(text);
    } catch (IllegalArgumentException e) {
      throw FederationFault.notFound("cloud", text);
    }
    CloudDetails details = cloudService.details(caller, cloud);
    clouds = DrainPage.clouds(cloudService, caller);
    setPageTitle(getTranslation("drain-start.title", details.cloud().name()));
    unsent = forms.of(caller, "drains/begin/" + cloud);
    Optional<Map<String, String>> before = unsent.find();
    filling = true;
    area.setItems(areas(details));
    area.setItemLabelGenerator(this::label);
    reset();
    notice.removeAll();
    before.ifPresent(
        kept -> {
          fill(kept);
          notice.add(unsent.resumed(this, this::reset));
        });
    filling = false;
  }

  /** The cloud, its regions, and their zones, as they were read. */
  private static List<Area> areas(CloudDetails details) {
    CloudId id = details.cloud().id();
    TreeSet<Area> all = new TreeSet<>(List.of(Area.of(id)));
    for (RegionInventory region : regions(details).toList()) {
      all.add(Area.of(id, region.region()));
      Stream.concat(region.zones().stream(), region.volumeZones().stream())
          .forEach(zone -> all.add(Area.of(id, region.region(), zone)));
    }
    return new ArrayList<>(all);
  }

  private static Stream<RegionInventory> regions(CloudDetails details) {
    return details.accesses().stream()
        .flatMap(access -> access.inventory().stream())
        .flatMap(inventory -> inventory.regions().stream());
  }

  private String label(Area one) {
    if (one.region().isEmpty()) {
      return getTranslation("drain-start.whole-cloud", one.cloud().text());
    }
    return one.availabilityZone().isEmpty()
        ? getTranslation("drain-start.region", one.region().get())
        : getTranslation("drain-start.zone", one.region().get(), one.availabilityZone().get());
  }

  private void reset() {
    area.setValue(Area.of(cloud));
    reason.clear();
    atOnce.setValue(AT_ONCE);
    withData.setValue(false);
  }

  private void fill(Map<String, String> kept) {
    area.getListDataView()
        .getItems()
        .filter(one -> one.toString().equals(kept.get(AREA)))
        .findFirst()
        .ifPresent(area::setValue);
    reason.setValue(kept.getOrDefault(REASON, ""));
    try {
      atOnce.setValue(Integer.valueOf(kept.getOrDefault(SOME, "")));
    } catch (NumberFormatException e) {
      atOnce.clear();
    }
    withData.setValue(Boolean.parseBoolean(kept.get(DATA)));
  }

  /** What was previewed is not what stands there any more. */
  private void typed() {
    if (filling) {
      return;
    }
    asked++;
    outcome.removeAll();
    start.setVisible(false);
    preview.setEnabled(true);
    unsent.keep(
        Map.of(
            AREA,
            area.getValue().toString(),
            REASON,
            reason.getValue(),
            SOME,
            atOnce.getValue() == null ? "" : atOnce.getValue().toString(),
            DATA,
            Boolean.toString(withData.getValue())));
  }

  private void giveUp() {
    unsent.forget();
    getUI().ifPresent(ui -> ui.navigate("clouds/" + cloud));
  }

  /** What is wished for; a fault is told. */
  private Optional<DrainWish> wish() {
    outcome.removeAll();
    reason.setInvalid(reason.getValue().isBlank());
    if (reason.isInvalid()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new DrainWish(
              area.getValue(),
              reason.getValue(),
              atOnce.getValue() == null ? 0 : atOnce.getValue(),
              withData.getValue()));
    } catch (FederationFault fault) {
      outcome.add(Notice.of(fault));
      return Optional.empty();
    }
  }

  private void preview() {
    Optional<DrainWish> wish = wish();
    if (wish.isEmpty()) {
      preview.setEnabled(true);
      return;
    }
    asked++;
    int mine = asked;
    outcome.add(
        new Notice(Mark.PROGRESS, "", new Paragraph(getTranslation("drain-start.previewing"))));
    work.run(
        UI.getCurrent(),
        tell -> drains.preview(wish.get(), caller),
        found -> {
          if (mine == asked) {
            show(found);
          }
        },
        fault -> {
          if (mine == asked) {
            outcome.removeAll();
            outcome.add(Notice.of(fault));
            preview.setEnabled(true);
          }
        });
  }

  /** One row: a resource that changes, or a stack of which nothing does. */
  private record Row(DrainPreview.Of stack, Optional<ResourceChange> change) {
    String key() {
      return stack.stack() + "/" + change.map(ResourceChange::resource).orElse("");
    }
  }

  private void show(DrainPreview found) {
    preview.setEnabled(true);
    outcome.removeAll();
    outcome.add(
        new H2(getTranslation("drain-start.what")),
        new Paragraph(
            getTranslation(
                "drain-start.summary", found.stacks().size(), found.moves(), found.held())));
    if (found.unplanned() > 0) {
      outcome.add(
          new Notice(
              Mark.DEGRADED,
              "",
              new Paragraph(getTranslation("drain-start.unplanned", found.unplanned()))));
    }
    if (found.stacks().isEmpty()) {
      outcome.add(
          new Notice(Mark.COMPLETE, "", new Paragraph(getTranslation("drain-start.empty"))));
    }
    showMoves(found);
    showHeld(found);
    start.setVisible(true);
  }

  private void showMoves(DrainPreview found) {
    List<Row> rows =
        found.stacks().stream()
            .flatMap(
                stack ->
                    stack.changes().stream().map(change -> new Row(stack, Optional.of(change))))
            .toList();
    if (rows.isEmpty()) {
      return;
    }
    Table<Row> table =
        new Table<Row>(getTranslation("drain-start.moves"), Row::key)
            .text(getTranslation("drain.project"), row -> row.stack().project().toString())
            .text(getTranslation("drain.stack"), row -> row.stack().name())
            .text(getTranslation("plan.resource"), row -> row.change().orElseThrow().resource())
            .column(getTranslation("plan.where"), row -> places(row.change().orElseThrow()))
            .text(
                getTranslation("update.interruption"),
                row ->
                    row.change()
                        .flatMap(ResourceChange::interruption)
                        .map(what -> what.in(Reader.locale()))
                        .orElse(""))
            .column(getTranslation("drain-start.why"), this::why)
            .named();
    table.setRows(rows);
    outcome.add(table);
  }

  private Component places(ResourceChange change) {
    Div cell = new Div();
    for (Place from : change.from()) {
      if (!change.to().contains(from)) {
        cell.add(new Div(new Span("− "), clouds.place(from)));
      }
    }
    for (Place to : change.to()) {
      if (!change.from().contains(to)) {
        cell.add(new Div(new Span("+ "), clouds.place(to)));
      }
    }
    return cell;
  }

  private Component why(Row row) {
    Optional<Decision> decision =
        row.stack().decisions().stream()
            .filter(
                one ->
                    row.change()
                        .filter(change -> change.resource().equals(one.resource()))
                        .isPresent())
            .findFirst();
    return decision
        .<Component>map(
            one ->
                new NativeDetails(
                    new Span(getTranslation("drain-start.reasons")), new Reasons(one, clouds)))
        .orElseGet(Span::new);
  }

  private void showHeld(DrainPreview found) {
    List<DrainPreview.Of> stays =
        found.stacks().stream()
            .filter(one -> !one.held().isEmpty() || one.problem().isPresent())
            .toList();
    if (stays.isEmpty()) {
      return;
    }
    Table<DrainPreview.Of> table =
        new Table<DrainPreview.Of>(getTranslation("drain-start.stays"), DrainPreview.Of::stack)
            .text(getTranslation("drain.project"), one -> one.project().toString())
            .text(getTranslation("drain.stack"), DrainPreview.Of::name)
            .column(getTranslation("drain.why"), this::stays)
            .named();
    table.setRows(stays);
    outcome.add(
        new H2(getTranslation("drain-start.stays")),
        new Paragraph(getTranslation("drain-start.stays-words")),
        table);
  }

  private Component stays(DrainPreview.Of one) {
    Div cell = new Div();
    one.problem().ifPresent(why -> cell.add(new Paragraph(why.in(Reader.locale()))));
    cell.add(words.held(one.held(), clouds));
    return cell;
  }

  private void start() {
    wish()
        .ifPresent(
            wish -> {
              try {
                Drain drain = drains.start(wish, caller);
                unsent.forget();
                getUI().ifPresent(ui -> ui.navigate(DrainsView.ADDRESS + "/" + drain.id()));
              } catch (FederationFault fault) {
                outcome.add(Notice.of(fault));
              }
            });
  }
}
