package io.isthmus.ui.plan;

import com.vaadin.cdi.annotation.RouteScoped;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.placement.PlanLists;
import io.isthmus.domain.placement.PlanQuery;
import io.isthmus.domain.placement.PlanService;
import io.isthmus.domain.placement.PlanSlice;
import io.isthmus.domain.placement.PlanState;
import io.isthmus.domain.placement.PlanSummary;
import io.isthmus.ui.element.BulkAction;
import io.isthmus.ui.element.Copyable;
import io.isthmus.ui.element.EmptyState;
import io.isthmus.ui.element.Glyph;
import io.isthmus.ui.element.Moment;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.element.RowAction;
import io.isthmus.ui.list.FilterSelect;
import io.isthmus.ui.list.ListColumn;
import io.isthmus.ui.list.ListPanel;
import io.isthmus.ui.list.ListSlice;
import io.isthmus.ui.list.ListState;
import io.isthmus.ui.list.ListState.Sort;
import io.isthmus.ui.shell.CurrentProject;
import io.isthmus.ui.shell.LiveUpdates;
import io.isthmus.ui.shell.MainLayout;
import io.isthmus.ui.shell.ProjectPage;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The project's kept plans, as the address asks for them. */
@RouteScoped
@Route(value = "plans", layout = MainLayout.class)
public class PlansView extends ProjectPage {

  private static final long serialVersionUID = 1L;

  private static final String STATE = "state";

  private final transient PlanLists lists;
  private final transient PlanService plans;
  private final transient ListPanel<PlanSummary> list;

  @Inject
  PlansView(
      Callers callers,
      CurrentProject current,
      PlanLists lists,
      PlanService plans,
      LiveUpdates live) {
    super(callers, current);
    this.lists = lists;
    this.plans = plans;
    this.list =
        new ListPanel<>(getTranslation("plans.title"), PlanSummary::id, this::fetch, () -> "plans");
    follow(live, list::refresh);
    setPageTitle(getTranslation("plans.title"));
    setSentence(getTranslation("plans.sentence"));
    lay();
  }

  private void lay() {
    setActions(newStack());
    FilterSelect<PlanState> state =
        new FilterSelect<>(
            getTranslation("plans.state"),
            List.of(PlanState.values()),
            each -> getTranslation("plans.state-" + each.name()));
    list.search(getTranslation("plans.filter-name"))
        .filter(STATE, state, PlanState.class)
        .actions(
            RowAction.<PlanSummary>of(
                    Glyph.TRASH,
                    plan -> getTranslation("plans.remove-title", called(plan.name())),
                    this::askToRemove)
                .when(PlansView::isRemovable)
                .harmful())
        .bulk(
            plan -> called(plan.name()),
            new BulkAction<>(
                count -> getTranslation("plans.remove-several", count),
                PlansView::isRemovable,
                this::askToRemove))
        .whenEmpty(this::teacher);
    columns().forEach(list::column);
    setContent(list);
  }

  /** The state last: on a phone it stands beside the name. */
  private List<ListColumn<PlanSummary>> columns() {
    return List.of(
        of(PlanQuery.By.NAME, "plans.name", this::name, PlanSummary::name),
        ListColumn.<PlanSummary>number(
                PlanQuery.By.RESOURCES.text(),
                getTranslation("stack.resources"),
                plan -> Reader.formats().number(plan.resources()),
                PlanSummary::resources)
            .sorts(),
        of(
            PlanQuery.By.CREATED_AT,
            "plans.created",
            PlansView::created,
            plan -> plan.createdAt().toString()),
        of(
            PlanQuery.By.EXPIRES_AT,
            "plans.expires",
            PlansView::expires,
            plan -> plan.expiresAt().toString()),
        ListColumn.<PlanSummary>text(
                PlanQuery.By.CREATED_BY.text(),
                getTranslation("stack.created-by"),
                PlanSummary::createdBy)
            .sorts()
            .whenChosen(),
        ListColumn.<PlanSummary>of(
                "id",
                getTranslation("stack.id"),
                plan -> Copyable.shortened(plan.id().toString()),
                plan -> plan.id().toString())
            .whenChosen(),
        of(
            PlanQuery.By.STATE,
            "plans.state",
            plan -> new PlanBadge(plan.state(Instant.now()), plan.updated().isPresent()),
            plan -> plan.state(Instant.now()).name()));
  }

  private ListColumn<PlanSummary> of(
      PlanQuery.By by,
      String header,
      Function<PlanSummary, Component> cell,
      Function<PlanSummary, String> text) {
    return ListColumn.of(by.text(), getTranslation(header), cell, text).sorts();
  }

  private Component name(PlanSummary plan) {
    Anchor name = new Anchor("/plans/" + plan.id(), called(plan.name()));
    return plan.updated()
        .<Component>map(
            stack -> {
              Anchor updated =
                  new Anchor("/stacks/" + stack, getTranslation("plans.updates", plan.name()));
              updated.addClassName("small");
              return new Div(name, new Div(updated));
            })
        .orElse(name);
  }

  private String called(String name) {
    return name.isBlank() ? getTranslation("plans.unnamed") : name;
  }

  private static Component created(PlanSummary plan) {
    Div cell = new Div(Moment.compact(plan.createdAt()), new Span(" · " + plan.createdBy()));
    cell.addClassName("small");
    return cell;
  }

  private static Component expires(PlanSummary plan) {
    return switch (plan.state(Instant.now())) {
      case OPEN -> Moment.compact(plan.expiresAt());
      case EXPIRED -> Moment.compact(plan.expiresAt());
      case ACCEPTED -> new Span("–");
    };
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    list.show(ListState.of(event.getLocation().getQueryParameters()));
  }

  private ListSlice<PlanSummary> fetch(ListState asked, long skip, int limit) {
    PlanSlice found = lists.slice(project(), query(asked), skip, limit, caller());
    return new ListSlice<>(found.plans(), found.total());
  }

  /** What cannot be ordered by is newest first. */
  private static PlanQuery query(ListState asked) {
    Optional<PlanQuery.By> by =
        asked
            .sort()
            .map(Sort::column)
            .flatMap(
                column ->
                    Arrays.stream(PlanQuery.By.values())
                        .filter(each -> each.text().equals(column))
                        .findFirst());
    return new PlanQuery(
        Optional.of(asked.text()).filter(part -> !part.isEmpty()),
        asked.value(STATE, PlanState.class),
        by.orElse(PlanQuery.By.CREATED_AT),
        by.isEmpty() || asked.sort().map(Sort::descending).orElse(true));
  }

  private static boolean isRemovable(PlanSummary plan) {
    return plan.acceptedAt().isEmpty();
  }

  private void askToRemove(PlanSummary plan) {
    new PlanRemoval(
            getTranslation("plans.remove-title", called(plan.name())), () -> remove(List.of(plan)))
        .open();
  }

  private void askToRemove(List<PlanSummary> several) {
    new PlanRemoval(
            getTranslation("plans.remove-several-title", several.size()), () -> remove(several))
        .open();
  }

  private void remove(List<PlanSummary> several) {
    several.forEach(plan -> plans.remove(plan.id(), caller()));
    list.refresh();
  }

  private Component teacher() {
    return new EmptyState(
        getTranslation("plans.empty"),
        getTranslation("plans.empty-words"),
        new Anchor("/stacks/new?sample=shop", getTranslation("stacks.begin-with-sample")));
  }
}
