package io.isthmus.ui.quota;

import com.vaadin.cdi.annotation.RouteScoped;
import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.router.Route;
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
import io.isthmus.ui.unsent.UnsentForms;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/** What projects ask for beyond what they may have; administrators decide. */
@RouteScoped
@FederationAdminsOnly
@Route(value = QuotaRequestsView.ADDRESS, layout = MainLayout.class)
public class QuotaRequestsView extends QuotaListPage<QuotaRequest> {

  static final String ADDRESS = "quota-requests";

  private static final long serialVersionUID = 1L;
  private static final String STATE = "state";

  private final transient QuotaRequests requests;
  private final transient QuotaService quotas;
  private final transient LiveUpdates live;
  private final transient ListPanel<QuotaRequest> list;

  @Inject
  QuotaRequestsView(
      Callers callers,
      QuotaRequests requests,
      QuotaService quotas,
      UnsentForms forms,
      LiveUpdates live) {
    super(callers, forms, ADDRESS);
    this.requests = requests;
    this.quotas = quotas;
    this.live = live;
    this.list =
        new ListPanel<>(
            getTranslation("quota-requests.title"),
            QuotaRequest::id,
            (asked, skip, limit) ->
                ListSource.of(
                        () -> requests.list(asked.value(STATE, QuotaRequest.State.class), caller()),
                        QuotaRequestsView::isWanted,
                        QuotaRequestColumns.orders())
                    .fetch(asked, skip, limit),
            () -> ADDRESS);
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
                new DecideDialog(
                        requests,
                        quotas,
                        caller(),
                        request,
                        approves,
                        form("/" + request.id() + (approves ? "/approve" : "/deny")),
                        this::refresh)
                    .open())
        .when(request -> request.state() == QuotaRequest.State.OPEN);
  }

  @Override
  protected ListPanel<QuotaRequest> list() {
    return list;
  }

  @Override
  protected void onAttach(AttachEvent attached) {
    super.onAttach(attached);
    live.follow(this, Optional.empty(), this::refresh);
  }

  private static boolean isWanted(ListState asked, QuotaRequest request) {
    return asked.value(STATE, QuotaRequest.State.class).map(request.state()::equals).orElse(true)
        && says(
            asked,
            request.holder().toString(),
            request.askedBy(),
            request.reason(),
            request.extent().text());
  }
}
