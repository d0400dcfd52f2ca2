package io.isthmus.ui.cloud;

import com.vaadin.cdi.annotation.RouteScoped;
import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.cloud.CloudDetails;
import io.isthmus.domain.cloud.CloudHealth;
import io.isthmus.domain.cloud.CloudService;
import io.isthmus.domain.cloud.EntryProblem;
import io.isthmus.domain.webhook.Webhooks;
import io.isthmus.ui.element.EmptyState;
import io.isthmus.ui.element.Glyph;
import io.isthmus.ui.element.RowAction;
import io.isthmus.ui.list.FilterSelect;
import io.isthmus.ui.list.ListPanel;
import io.isthmus.ui.list.ListSource;
import io.isthmus.ui.list.ListState;
import io.isthmus.ui.shell.FederationAdminsOnly;
import io.isthmus.ui.shell.LiveUpdates;
import io.isthmus.ui.shell.MainLayout;
import io.isthmus.ui.shell.Page;
import io.isthmus.ui.webhook.StalledWebhooks;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Every member cloud, as the address filters and sorts them. */
@RouteScoped
@FederationAdminsOnly
@Route(value = "clouds", layout = MainLayout.class)
public class CloudsView extends Page implements BeforeEnterObserver {

  private static final long serialVersionUID = 1L;
  private static final String HEALTH = "health";
  private static final String ENABLED = "enabled";

  private final transient Callers callers;
  private final transient CloudService clouds;
  private final transient Webhooks webhooks;
  private final transient LiveUpdates live;
  private final StalledWebhooks stalled = new StalledWebhooks();
  private final Div problems = new Div();
  private final transient ListPanel<CloudDetails> list;
  private final FilterSelect<Boolean> enabled =
      new FilterSelect<>(
          getTranslation("clouds.state"),
          List.of(true, false),
          takes -> getTranslation(takes ? "clouds.enabled" : "clouds.disabled"));

  private transient Caller caller;
  private transient List<CloudDetails> all = List.of();

  @Inject
  CloudsView(Callers callers, CloudService clouds, Webhooks webhooks, LiveUpdates live) {
    this.callers = callers;
    this.clouds = clouds;
    this.webhooks = webhooks;
    this.live = live;
    this.list =
        new ListPanel<>(
            getTranslation("clouds.title"),
            row -> row.cloud().id(),
            ListSource.of(() -> all, this::isWanted, CloudColumns.orders()),
            () -> "clouds");
    setPageTitle(getTranslation("clouds.title"));
    lay();
  }

  private void lay() {
    Button add =
        new Button(
            getTranslation("clouds.add"),
            click -> getUI().ifPresent(ui -> ui.navigate(AddCloudView.class)));
    add.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    setActions(
        new Anchor("/" + CapabilitiesView.ADDRESS, getTranslation("capabilities.link")), add);
    FilterSelect<CloudHealth.State> health =
        new FilterSelect<>(
            getTranslation("cloud.health"),
            List.of(CloudHealth.State.values()),
            state -> getTranslation("cloud-health." + state));
    list.addClassName("clouds-table");
    list.search(getTranslation("clouds.filter"))
        .filter(HEALTH, health, CloudHealth.State.class)
        .filter(ENABLED, enabled, enabled::find)
        .actions(
            RowAction.<CloudDetails>of(
                    Glyph.TRASH,
                    row -> getTranslation("removal.title", row.cloud().id().text()),
                    row -> CloudRemoval.ask(this, clouds, caller, row, () -> removed(row)))
                .harmful())
        .whenEmpty(this::teacher);
    new CloudColumns(this).columns().forEach(list::column);
    setContent(stalled, problems, list);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    caller = callers.current();
    showProblems(clouds.importProblems(caller));
    look();
    list.show(ListState.of(event.getLocation().getQueryParameters()));
  }

  private void removed(CloudDetails row) {
    refresh();
    Notification.show(getTranslation("removal.done", row.cloud().id().text()));
  }

  private void refresh() {
    look();
    list.refresh();
  }

  /** The sentence is of all clouds, whatever the list shows of them. */
  private void look() {
    all = clouds.listAll(caller);
    stalled.show(webhooks.stalled(caller));
    setSentence(sentence());
  }

  @Override
  protected void onAttach(AttachEvent attached) {
    super.onAttach(attached);
    live.follow(this, Optional.empty(), this::refresh);
  }

  private void showProblems(List<EntryProblem> found) {
    problems.removeAll();
    if (!found.isEmpty()) {
      problems.add(
          new EntryProblems(getTranslation("clouds.import-problems", found.size()), found));
    }
    problems.setVisible(!found.isEmpty());
  }

  private boolean isWanted(ListState asked, CloudDetails cloud) {
    String part = asked.text().toLowerCase(Locale.ROOT);
    return asked
            .value(HEALTH, CloudHealth.State.class)
            .map(cloud.health().state()::equals)
            .orElse(true)
        && asked
            .value(ENABLED)
            .map(enabled::find)
            .map(wanted -> wanted == cloud.cloud().enabled())
            .orElse(true)
        && Stream.concat(
                Stream.of(
                    cloud.cloud().id().text(),
                    cloud.cloud().name(),
                    cloud.cloud().facts().operator().name()),
                Stream.concat(
                    new CloudSummary(cloud).zones().keySet().stream(),
                    cloud.accesses().stream().map(access -> access.access().project().toString())))
            .anyMatch(word -> word.toLowerCase(Locale.ROOT).contains(part));
  }

  private String sentence() {
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
}
