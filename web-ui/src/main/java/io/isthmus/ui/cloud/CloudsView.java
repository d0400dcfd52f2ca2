package io.isthmus.ui.cloud;

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
import io.isthmus.domain.cloud.CloudDetails;
import io.isthmus.domain.cloud.CloudHealth;
import io.isthmus.domain.cloud.CloudService;
import io.isthmus.domain.cloud.EntryProblem;
import io.isthmus.ui.element.Ageing;
import io.isthmus.ui.element.EmptyState;
import io.isthmus.ui.shell.FederationAdminsOnly;
import io.isthmus.ui.shell.LiveUpdates;
import io.isthmus.ui.shell.MainLayout;
import io.isthmus.ui.shell.Page;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Every member cloud, as the address filters and sorts them. */
@RouteScoped
@FederationAdminsOnly
@Route(value = "clouds", layout = MainLayout.class)
public class CloudsView extends Page implements BeforeEnterObserver {

  private static final long serialVersionUID = 1L;
  private static final String TEXT = "q";
  private static final String ORDER = "sort";

  private final transient Callers callers;
  private final transient CloudService clouds;
  private final transient LiveUpdates live;
  private final transient Ageing ageing = new Ageing();

  private final TextField text = new TextField();
  private final Select<CloudOrder> order = new Select<>();
  private final Span count = new Span();
  private final Div problems = new Div();
  private final Div list = new Div();
  private final CloudsTable table = new CloudsTable();

  private transient Caller caller;
  private transient Optional<List<CloudDetails>> shown = Optional.empty();

  @Inject
  CloudsView(Callers callers, CloudService clouds, LiveUpdates live) {
    this.callers = callers;
    this.clouds = clouds;
    this.live = live;
    setPageTitle(getTranslation("clouds.title"));
    lay();
  }

  private void lay() {
    Button add =
        new Button(
            getTranslation("clouds.add"),
            click -> getUI().ifPresent(ui -> ui.navigate(AddCloudView.class)));
    add.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    setActions(add);
    text.setAriaLabel(getTranslation("clouds.filter"));
    text.setPlaceholder(getTranslation("clouds.filter"));
    text.setPrefixComponent(VaadinIcon.SEARCH.create());
    text.setClearButtonVisible(true);
    text.setValueChangeMode(ValueChangeMode.LAZY);
    text.addValueChangeListener(change -> asked(change.isFromClient()));
    order.setAriaLabel(getTranslation("clouds.order"));
    order.setItems(CloudOrder.values());
    order.setItemLabelGenerator(each -> getTranslation("clouds.order." + each.word()));
    order.addValueChangeListener(change -> asked(change.isFromClient()));
    count.addClassName("count");
    count.getElement().setAttribute("role", "status");
    Div bar = new Div(text, order, count);
    bar.addClassName("filter-bar");
    setContent(problems, bar, list);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    caller = callers.current();
    QueryParameters query = event.getLocation().getQueryParameters();
    text.setValue(query.getSingleParameter(TEXT).orElse(""));
    order.setValue(
        query.getSingleParameter(ORDER).flatMap(CloudOrder::find).orElse(CloudOrder.NAME));
    showProblems(clouds.importProblems(caller));
    shown = Optional.empty();
    refresh();
  }

  @Override
  protected void onAttach(AttachEvent attached) {
    super.onAttach(attached);
    live.follow(this, Optional.empty(), this::refresh);
  }

  private void asked(boolean byPerson) {
    if (!byPerson) {
      return;
    }
    Map<String, String> query = new LinkedHashMap<>();
    if (!text.getValue().isBlank()) {
      query.put(TEXT, text.getValue().strip());
    }
    if (order.getValue() != CloudOrder.NAME) {
      query.put(ORDER, order.getValue().word());
    }
    getUI().ifPresent(ui -> ui.navigate("clouds", QueryParameters.simple(query)));
  }

  private void showProblems(List<EntryProblem> found) {
    problems.removeAll();
    if (!found.isEmpty()) {
      problems.add(
          new EntryProblems(getTranslation("clouds.import-problems", found.size()), found));
    }
    problems.setVisible(!found.isEmpty());
  }

  private void refresh() {
    List<CloudDetails> all = clouds.listAll(caller);
    if (shown.filter(all::equals).isPresent()) {
      ageing.run(table::redraw);
      return;
    }
    shown = Optional.of(all);
    List<CloudDetails> wanted =
        all.stream().filter(this::isWanted).sorted(order.getValue().comparator()).toList();
    setSentence(sentence(all));
    count.setText(getTranslation("clouds.count", wanted.size()));
    if (wanted.isEmpty()) {
      setList(all.isEmpty() ? teacher() : nothingFound());
    } else {
      table.show(wanted);
      setList(table);
    }
  }

  private boolean isWanted(CloudDetails cloud) {
    String part = text.getValue().strip().toLowerCase(Locale.ROOT);
    return Stream.concat(
            Stream.of(
                cloud.cloud().id().text(),
                cloud.cloud().name(),
                cloud.cloud().facts().operator().name()),
            Stream.concat(
                new CloudSummary(cloud).zones().keySet().stream(),
                cloud.accesses().stream().map(access -> access.access().project().toString())))
        .anyMatch(word -> word.toLowerCase(Locale.ROOT).contains(part));
  }

  /** Leaves what is there already where it is, and with it the reader's focus. */
  private void setList(Component component) {
    if (!list.getChildren().toList().equals(List.of(component))) {
      list.removeAll();
      list.add(component);
    }
  }

  private String sentence(List<CloudDetails> all) {
    long reachable =
        all.stream()
            .filter(
                cloud ->
                    cloud.health().state() == CloudHealth.State.REACHABLE
                        || cloud.health().state() == CloudHealth.State.DEGRADED)
            .count();
    long disabled = all.stream().filter(cloud -> !cloud.cloud().enabled()).count();
    String first = getTranslation("clouds.sentence", all.size(), reachable);
    return disabled == 0
        ? first
        : first + " " + getTranslation("clouds.sentence-disabled", disabled);
  }

  private Component teacher() {
    return new EmptyState(
        getTranslation("clouds.empty"),
        getTranslation("clouds.empty-words"),
        new Anchor(AddCloudView.ADDRESS, getTranslation("clouds.add")));
  }

  private Component nothingFound() {
    return new EmptyState(
        getTranslation("clouds.none-found"),
        getTranslation("clouds.none-found-words"),
        new Anchor("/clouds", getTranslation("clouds.show-all")));
  }
}
