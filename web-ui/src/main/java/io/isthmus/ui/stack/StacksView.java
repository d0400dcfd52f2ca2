package io.isthmus.ui.stack;

import com.vaadin.cdi.annotation.RouteScoped;
import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudService;
import io.isthmus.domain.stack.StackFilter;
import io.isthmus.domain.stack.StackPage;
import io.isthmus.domain.stack.StackService;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.domain.stack.StackView;
import io.isthmus.ui.element.Ageing;
import io.isthmus.ui.element.Clouds;
import io.isthmus.ui.element.EmptyState;
import io.isthmus.ui.shell.CurrentProject;
import io.isthmus.ui.shell.LiveUpdates;
import io.isthmus.ui.shell.MainLayout;
import io.isthmus.ui.shell.Page;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The project's stacks, filtered by what the address says. */
@RouteScoped
@Route(value = "stacks", layout = MainLayout.class)
public class StacksView extends Page implements BeforeEnterObserver {

  private static final long serialVersionUID = 1L;

  private static final int PAGE = 50;
  private static final String NAME = "name";
  private static final String STATUS = "status";
  private static final List<StackStatus> STATUSES =
      List.of(
          StackStatus.CREATING,
          StackStatus.CREATED,
          StackStatus.CREATE_FAILED,
          StackStatus.DELETING,
          StackStatus.DELETE_FAILED,
          StackStatus.DELETED);

  private final transient Callers callers;
  private final transient CurrentProject current;
  private final transient CloudService cloudService;
  private final transient StackService stackService;
  private final transient LiveUpdates live;
  private final transient Ageing ageing = new Ageing();

  private final TextField name = new TextField();
  private final Select<StackStatus> status = new Select<>();
  private final Span count = new Span();
  private final Div list = new Div();
  private final Button more = new Button();
  private final transient StacksTable table;

  private transient Caller caller;
  private transient Optional<ProjectId> project = Optional.empty();
  private transient StackFilter filter = StackFilter.ALL;
  private transient List<StackView> shown = List.of();
  private int wanted = PAGE;

  @Inject
  StacksView(
      Callers callers,
      CurrentProject current,
      CloudService clouds,
      StackService stacks,
      LiveUpdates live) {
    this.callers = callers;
    this.current = current;
    this.cloudService = clouds;
    this.stackService = stacks;
    this.live = live;
    this.table = new StacksTable(getTranslation("stacks.title"));
    setPageTitle(getTranslation("stacks.title"));
    lay();
  }

  private void lay() {
    Button create =
        new Button(
            getTranslation("stacks.new"),
            click -> getUI().ifPresent(ui -> ui.navigate("stacks/new")));
    create.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    setActions(create);
    name.setAriaLabel(getTranslation("stacks.filter-name"));
    name.setPlaceholder(getTranslation("stacks.filter-name"));
    name.setPrefixComponent(VaadinIcon.SEARCH.create());
    name.setClearButtonVisible(true);
    name.setValueChangeMode(ValueChangeMode.LAZY);
    name.addValueChangeListener(change -> filterChanged(change.isFromClient()));
    status.setAriaLabel(getTranslation("stacks.filter-status"));
    status.setPlaceholder(getTranslation("stacks.filter-status"));
    status.setEmptySelectionAllowed(true);
    status.setEmptySelectionCaption(getTranslation("stacks.any-status"));
    status.setItems(STATUSES);
    status.addValueChangeListener(change -> filterChanged(change.isFromClient()));
    count.addClassName("count");
    count.getElement().setAttribute("role", "status");
    Div bar = new Div(name, status, count);
    bar.addClassName("filter-bar");
    more.setText(getTranslation("stacks.more"));
    more.addClickListener(
        click -> {
          wanted += PAGE;
          refresh();
        });
    list.addClassName("stack-wide");
    setContent(bar, list);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    caller = callers.current();
    project = current.find(caller);
    Map<String, List<String>> query = event.getLocation().getQueryParameters().getParameters();
    filter = new StackFilter(first(query, NAME), first(query, STATUS).flatMap(StacksView::status));
    name.setValue(filter.name().orElse(""));
    status.setValue(filter.status().orElse(null));
    wanted = PAGE;
    shown = null;
    refresh();
  }

  @Override
  protected void onAttach(AttachEvent attached) {
    super.onAttach(attached);
    live.follow(this, Optional.empty(), this::refresh);
  }

  private static Optional<String> first(Map<String, List<String>> query, String key) {
    return query.getOrDefault(key, List.of()).stream()
        .filter(value -> !value.isBlank())
        .findFirst();
  }

  /** A status that does not exist filters nothing. */
  private static Optional<StackStatus> status(String text) {
    return STATUSES.stream().filter(each -> each.toString().equals(text)).findFirst();
  }

  private void filterChanged(boolean byPerson) {
    if (!byPerson) {
      return;
    }
    Map<String, String> query = new LinkedHashMap<>();
    if (!name.getValue().isBlank()) {
      query.put(NAME, name.getValue().strip());
    }
    if (status.getValue() != null) {
      query.put(STATUS, status.getValue().toString());
    }
    getUI().ifPresent(ui -> ui.navigate("stacks", QueryParameters.simple(query)));
  }

  private void refresh() {
    if (project.isEmpty()) {
      setList(
          new EmptyState(
              getTranslation("overview.no-project"),
              getTranslation("overview.no-project-words", caller.name())));
      return;
    }
    List<StackView> stacks = new ArrayList<>();
    Optional<String> next = Optional.empty();
    do {
      StackPage page =
          stackService.list(project.get(), filter, next, wanted - stacks.size(), caller);
      stacks.addAll(page.stacks());
      next = page.next();
    } while (next.isPresent() && stacks.size() < wanted);
    if (stacks.equals(shown)) {
      ageing.run(table::redraw);
      return;
    }
    shown = stacks;
    show(stacks, next.isPresent());
  }

  private void show(List<StackView> stacks, boolean isMore) {
    count.setText(
        isMore
            ? getTranslation("stacks.count-more", stacks.size())
            : getTranslation("stacks.count", stacks.size()));
    setSentence(sentence(stacks));
    if (stacks.isEmpty()) {
      setList(filter.equals(StackFilter.ALL) ? teacher() : nothingFound());
      return;
    }
    if (isMore) {
      setList(table, more);
    } else {
      setList(table);
    }
    table.show(stacks, new Clouds(cloudService.list(caller, project.orElseThrow())));
  }

  /** Leaves what is there already where it is, and with it the reader's focus. */
  private void setList(Component... components) {
    if (!list.getChildren().toList().equals(List.of(components))) {
      list.removeAll();
      list.add(components);
    }
  }

  private String sentence(List<StackView> stacks) {
    long working = stacks.stream().filter(stack -> !stack.status().isTerminal()).count();
    long failed = stacks.stream().filter(stack -> Urgency.of(stack) == Urgency.FAILED).count();
    return getTranslation("stacks.sentence", working, failed);
  }

  private Component teacher() {
    return new EmptyState(
        getTranslation("stacks.empty"),
        getTranslation("stacks.empty-words"),
        new Anchor("/stacks/new?sample=shop", getTranslation("stacks.begin-with-sample")));
  }

  private Component nothingFound() {
    return new EmptyState(
        getTranslation("stacks.none-found"),
        getTranslation("stacks.none-found-words"),
        new Anchor("/stacks", getTranslation("stacks.show-all")));
  }
}
