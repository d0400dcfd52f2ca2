package io.isthmus.ui.quota;

import com.vaadin.cdi.annotation.RouteScoped;
import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.quota.QuotaRequest;
import io.isthmus.domain.quota.QuotaRequests;
import io.isthmus.domain.quota.QuotaService;
import io.isthmus.ui.element.EmptyState;
import io.isthmus.ui.element.RowAction;
import io.isthmus.ui.list.FilterSelect;
import io.isthmus.ui.list.ListPanel;
import io.isthmus.ui.list.ListSource;
import io.isthmus.ui.list.ListState;
import io.isthmus.ui.shell.FederationAdminsOnly;
import io.isthmus.ui.shell.LiveUpdates;
import io.isthmus.ui.shell.MainLayout;
import io.isthmus.ui.shell.Page;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What projects ask for beyond what they may have; administrators decide. */
@RouteScoped
@FederationAdminsOnly
@Route(value = QuotaRequestsView.ADDRESS, layout = MainLayout.class)
public class QuotaRequestsView extends Page implements BeforeEnterObserver {

  static final String ADDRESS = "quota-requests";

  private static final long serialVersionUID = 1L;
  private static final String STATE = "state";

  private final transient Callers callers;
  private final transient QuotaRequests requests;
  private final transient QuotaService quotas;
  private final transient LiveUpdates live;
  private final transient ListPanel<QuotaRequest> list;
  private transient Caller caller;

  @Inject
  QuotaRequestsView(
      Callers callers, QuotaRequests requests, QuotaService quotas, LiveUpdates live) {
    this.callers = callers;
    this.requests = requests;
    this.quotas = quotas;
    this.live = live;
    this.list =
        new ListPanel<>(
            getTranslation("quota-requests.title"),
            QuotaRequest::id,
            (asked, skip, limit) ->
                ListSource.of(
                        () -> requests.list(asked.value(STATE, QuotaRequest.State.class), caller),
                        QuotaRequestsView::isWanted,
                        QuotaRequestColumns.orders())
                    .fetch(asked, skip, limit),
            () -> ADDRESS);
    setPageTitle(getTranslation("quota-requests.title"));
    setSentence(getTranslation("quota-requests.sentence"));
    setActions(new Anchor("/" + TenantQuotasView.ADDRESS, getTranslation("tenant-quotas.title")));
    list.search(getTranslation("quota-requests.filter"))
        .filter(
            STATE,
            new FilterSelect<>(
                getTranslation("quota-requests.state"),
                List.of(QuotaRequest.State.values()),
                state -> getTranslation("quota-requests." + state)),
            QuotaRequest.State.class)
        .actions(decides("quota-requests.approve", true), decides("quota-requests.deny", false))
        .whenEmpty(
            () ->
                new EmptyState(
                    getTranslation("quota-requests.empty"),
                    getTranslation("quota-requests.empty-words")));
    new QuotaRequestColumns(this).columnsOfAll().forEach(list::column);
    setContent(list);
  }

  private RowAction<QuotaRequest> decides(String word, boolean approves) {
    return RowAction.<QuotaRequest>of(
            getTranslation(word),
            request -> getTranslation(word) + ": " + request.holder(),
            request ->
                new DecideDialog(requests, quotas, caller, request, approves, list::refresh).open())
        .when(request -> request.state() == QuotaRequest.State.OPEN);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    caller = callers.current();
    list.show(ListState.of(event.getLocation().getQueryParameters()));
  }

  @Override
  protected void onAttach(AttachEvent attached) {
    super.onAttach(attached);
    live.follow(this, Optional.empty(), list::refresh);
  }

  private static boolean isWanted(ListState asked, QuotaRequest request) {
    String part = asked.text().toLowerCase(Locale.ROOT);
    return asked.value(STATE, QuotaRequest.State.class).map(request.state()::equals).orElse(true)
        && Stream.of(
                request.holder().toString(),
                request.askedBy(),
                request.reason(),
                request.extent().text())
            .anyMatch(word -> word.toLowerCase(Locale.ROOT).contains(part));
  }
}
