package io.isthmus.ui.stack;

import com.vaadin.cdi.annotation.RouteScoped;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.cloud.CloudService;
import io.isthmus.domain.cloud.CloudView;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.stack.Adoptions;
import io.isthmus.domain.stack.StackFilter;
import io.isthmus.domain.stack.StackHealth;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackLists;
import io.isthmus.domain.stack.StackOrder;
import io.isthmus.domain.stack.StackService;
import io.isthmus.domain.stack.StackSlice;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.domain.stack.StackTotals;
import io.isthmus.domain.stack.StackView;
import io.isthmus.domain.stack.Urgency;
import io.isthmus.domain.tenant.TenantService;
import io.isthmus.ui.element.BulkAction;
import io.isthmus.ui.element.Clouds;
import io.isthmus.ui.element.EmptyState;
import io.isthmus.ui.element.Glyph;
import io.isthmus.ui.element.RowAction;
import io.isthmus.ui.list.CloudFilter;
import io.isthmus.ui.list.FilterSelect;
import io.isthmus.ui.list.ListPanel;
import io.isthmus.ui.list.ListSlice;
import io.isthmus.ui.list.ListState;
import io.isthmus.ui.shell.CurrentProject;
import io.isthmus.ui.shell.LiveUpdates;
import io.isthmus.ui.shell.MainLayout;
import io.isthmus.ui.shell.ProjectPage;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The project's stacks, as the address asks for them. */
@RouteScoped
@Route(value = "stacks", layout = MainLayout.class)
public class StacksView extends ProjectPage {

  private static final long serialVersionUID = 1L;

  private static final String STATUS = "status";
  private static final String HEALTH = "health";
  private static final String CLOUD = "cloud";
  private static final String DRIFT = "drift";
  private static final List<StackStatus> STATUSES =
      List.of(
          StackStatus.CREATING,
          StackStatus.CREATED,
          StackStatus.CREATE_FAILED,
          StackStatus.ADOPTING,
          StackStatus.ADOPTED,
          StackStatus.ADOPT_FAILED,
          StackStatus.UPDATING,
          StackStatus.UPDATED,
          StackStatus.UPDATE_FAILED,
          StackStatus.ROLLING_BACK,
          StackStatus.ROLLED_BACK,
          StackStatus.ROLLBACK_FAILED,
          StackStatus.CHECKING,
          StackStatus.CHECKED,
          StackStatus.CHECK_FAILED,
          StackStatus.SUSPENDING,
          StackStatus.SUSPENDED,
          StackStatus.SUSPEND_FAILED,
          StackStatus.RESUMING,
          StackStatus.RESUMED,
          StackStatus.RESUME_FAILED,
          StackStatus.DELETING,
          StackStatus.DELETE_FAILED,
          StackStatus.DELETED);

  private final transient CloudService cloudService;
  private final transient StackService stackService;
  private final transient Adoptions adoptions;
  private final transient StackLists lists;
  private final transient TenantService tenants;

  private final Button adopt = new Button();
  private final CloudFilter cloud = new CloudFilter(getTranslation("cloud.name"));
  private final transient ListPanel<StackView> list;

  private transient Clouds clouds = new Clouds(List.of());
  private transient List<Place> places = List.of();

  /** Who may only look is offered nothing that would be refused. */
  private boolean changes;

  @Inject
  StacksView(
      Callers callers,
      CurrentProject current,
      CloudService clouds,
      StackService stacks,
      Adoptions adoptions,
      StackLists lists,
      TenantService tenants,
      LiveUpdates live) {
    super(callers, current);
    this.cloudService = clouds;
    this.stackService = stacks;
    this.adoptions = adoptions;
    this.lists = lists;
    this.tenants = tenants;
    this.list =
        new ListPanel<>(getTranslation("stacks.title"), StackView::id, this::fetch, () -> "stacks");
    follow(live, this::refresh);
    setPageTitle(getTranslation("stacks.title"));
    lay();
  }

  private void lay() {
    adopt.setText(getTranslation("adopt.begin"));
    adopt.setTooltipText(getTranslation("adopt.begin-help"));
    adopt.addClickListener(click -> askToAdopt());
    setActions(adopt, newStack());
    FilterSelect<StackStatus> status =
        new FilterSelect<>(getTranslation("stacks.filter-status"), STATUSES, StackStatus::toString);
    FilterSelect<StackHealth.State> health =
        new FilterSelect<>(
            getTranslation("stack.health"),
            List.of(StackHealth.State.values()),
            state -> getTranslation("health." + state));
    FilterSelect<Boolean> drift =
        new FilterSelect<>(
            getTranslation("tab.drift"),
            List.of(true, false),
            drifted -> getTranslation("drift.filter-" + drifted));
    list.search(getTranslation("stacks.filter-name"))
        .filter(STATUS, status, StacksView::status)
        .filter(HEALTH, health, StackHealth.State.class)
        .filter(CLOUD, cloud, cloud::find)
        .filter(DRIFT, drift, StacksView::drifted)
        .actions(
            RowAction.<StackView>of(
                    Glyph.REFRESH,
                    stack ->
                        getTranslation(RetryDialog.key("retry.of", stack.status()), stack.name()),
                    this::askToRetry)
                .when(stack -> changes && StackDetailsView.isRetriable(stack)),
            RowAction.<StackView>of(
                    Glyph.TRASH,
                    stack -> getTranslation("delete.title", stack.name()),
                    this::askToDelete)
                .when(this::mayDelete)
                .harmful())
        .bulk(
            StackView::name,
            new BulkAction<>(
                count -> getTranslation("stacks.delete-several", count),
                this::mayDelete,
                this::askToDelete))
        .whenEmpty(this::teacher);
    new StackColumns(() -> clouds, key -> getTranslation(key)).columns().forEach(list::column);
    setContent(list);
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    List<CloudView> known = cloudService.list(caller(), project());
    clouds = new Clouds(known);
    places = places(known);
    cloud.offer(known.stream().map(CloudView::id).toList());
    adopt.setVisible(tenants.isMember(caller(), project()));
    list.show(ListState.of(event.getLocation().getQueryParameters()));
    setSentence(sentence());
  }

  /** Where the project has access. */
  private static List<Place> places(List<CloudView> known) {
    return known.stream()
        .filter(CloudView::accessible)
        .flatMap(
            each ->
                each.inventory().stream()
                    .flatMap(inventory -> inventory.regions().stream())
                    .map(region -> Place.inRegion(each.id(), region.region())))
        .sorted()
        .toList();
  }

  private void refresh() {
    list.refresh();
    setSentence(sentence());
  }

  private ListSlice<StackView> fetch(ListState asked, long skip, int limit) {
    StackFilter filter =
        new StackFilter(
            Optional.of(asked.text()).filter(part -> !part.isEmpty()),
            asked.value(STATUS).map(StacksView::status),
            asked.value(HEALTH, StackHealth.State.class),
            asked.value(CLOUD).map(cloud::find),
            asked.value(DRIFT).map(StacksView::drifted));
    changes = tenants.isMember(caller(), project());
    StackSlice found = lists.slice(project(), filter, order(asked), skip, limit, caller());
    return new ListSlice<>(found.stacks(), found.total());
  }

  /** What cannot be ordered by is in the usual order. */
  private static StackOrder order(ListState asked) {
    return asked
        .sort()
        .flatMap(
            sort ->
                Arrays.stream(StackOrder.By.values())
                    .filter(by -> by.text().equals(sort.column()))
                    .findFirst()
                    .map(by -> new StackOrder(by, sort.descending())))
        .orElse(StackOrder.NEWEST);
  }

  /** A word that is none filters nothing. */
  private static StackStatus status(String text) {
    return STATUSES.stream().filter(each -> each.toString().equals(text)).findFirst().orElse(null);
  }

  /** A word that is none filters nothing. */
  private static Boolean drifted(String text) {
    return Stream.of(true, false)
        .filter(each -> each.toString().equals(text))
        .findFirst()
        .orElse(null);
  }

  /** Of all the project's stacks, whatever the list shows of them. */
  private String sentence() {
    StackTotals totals = lists.totals(project(), caller());
    if (totals.all() == 0) {
      return getTranslation("stacks.sentence-none");
    }
    return getTranslation(
        "stacks.sentence",
        totals.of(Urgency.WORKING),
        totals.of(Urgency.FAILED),
        totals.of(Urgency.TROUBLED));
  }

  private boolean mayDelete(StackView stack) {
    return changes && StackDetailsView.isDeletable(stack);
  }

  private void askToAdopt() {
    new AdoptDialog(
            project(),
            clouds,
            places,
            wish -> adoptions.preview(wish, caller()),
            wish -> {
              StackId stack = adoptions.adopt(wish, caller());
              getUI().ifPresent(ui -> ui.navigate("stacks/" + stack));
            })
        .open();
  }

  private void askToRetry(StackView stack) {
    new RetryDialog(
            stack.name(),
            stack.status(),
            stackService.parts(stack.id(), caller()),
            () -> {
              stackService.retry(stack.id(), OptionalLong.empty(), caller());
              refresh();
            })
        .open();
  }

  private void askToDelete(StackView stack) {
    new DeleteDialog(
            stack.name(),
            stackService.parts(stack.id(), caller()),
            () -> {
              stackService.delete(stack.id(), OptionalLong.empty(), caller());
              refresh();
            })
        .open();
  }

  private void askToDelete(List<StackView> stacks) {
    List<StackView> left = new ArrayList<>(stacks);
    DeleteDialog.ofSeveral(
            stacks,
            stack -> stackService.parts(stack.id(), caller()),
            () -> {
              while (!left.isEmpty()) {
                stackService.delete(left.get(0).id(), OptionalLong.empty(), caller());
                left.remove(0);
              }
              refresh();
            })
        .open();
  }

  private Component teacher() {
    return new EmptyState(
        getTranslation("stacks.empty"),
        getTranslation("stacks.empty-words"),
        new Anchor("/stacks/new?sample=shop", getTranslation("stacks.begin-with-sample")));
  }
}
