package io.isthmus.ui.quota;

import com.vaadin.cdi.annotation.RouteScoped;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.quota.Quota;
import io.isthmus.domain.quota.QuotaRequest;
import io.isthmus.domain.quota.QuotaRequests;
import io.isthmus.domain.quota.QuotaService;
import io.isthmus.ui.element.EmptyState;
import io.isthmus.ui.element.Glyph;
import io.isthmus.ui.element.Moment;
import io.isthmus.ui.element.RemovalDialog;
import io.isthmus.ui.element.RowAction;
import io.isthmus.ui.list.FilterSelect;
import io.isthmus.ui.list.ListColumn;
import io.isthmus.ui.list.ListPanel;
import io.isthmus.ui.list.ListSource;
import io.isthmus.ui.list.ListState;
import io.isthmus.ui.shell.FederationAdminsOnly;
import io.isthmus.ui.shell.MainLayout;
import io.isthmus.ui.shell.Page;
import io.isthmus.ui.unsent.UnsentForms;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the federation lets each tenant and project have; administrators set it here. */
@RouteScoped
@FederationAdminsOnly
@Route(value = TenantQuotasView.ADDRESS, layout = MainLayout.class)
public class TenantQuotasView extends Page implements BeforeEnterObserver {

  static final String ADDRESS = "tenant-quotas";

  private static final long serialVersionUID = 1L;
  private static final String TENANT = "tenant";
  private static final String WHOSE = "whose";
  private static final String CHANGED = "changed";

  private final transient Callers callers;
  private final transient QuotaService quotas;
  private final transient QuotaRequests requests;
  private final transient UnsentForms forms;
  private final Anchor open;
  private final transient QuotaWords words = new QuotaWords(this);
  private final FilterSelect<String> tenant =
      new FilterSelect<>(getTranslation("standing.tenant"), List.of(), each -> each);
  private final transient ListPanel<Quota> list;
  private transient Caller caller;
  private transient List<Quota> all = List.of();

  @Inject
  TenantQuotasView(
      Callers callers, QuotaService quotas, QuotaRequests requests, UnsentForms forms) {
    this.callers = callers;
    this.requests = requests;
    this.quotas = quotas;
    this.forms = forms;
    this.list =
        new ListPanel<>(
            getTranslation("tenant-quotas.title"),
            quota -> List.of(quota.holder(), quota.extent()),
            ListSource.of(
                () -> all,
                this::isWanted,
                Map.of(
                    WHOSE, Comparator.comparing(quota -> quota.holder().toString()),
                    CHANGED, Comparator.comparing(quota -> quota.changedAt().orElseThrow()))),
            () -> ADDRESS);
    setPageTitle(getTranslation("tenant-quotas.title"));
    setSentence(getTranslation("tenant-quotas.sentence"));
    open = new Anchor("/" + QuotaRequestsView.ADDRESS + "?state=OPEN", "");
    setActions(open, setOne());
    list.search(getTranslation("tenant-quotas.filter"))
        .filter(TENANT, tenant, tenant::find)
        .actions(
            RowAction.<Quota>of(
                getTranslation("tenant-quotas.change"),
                quota -> getTranslation("tenant-quotas.change-of", whose(quota)),
                quota -> open(Optional.of(quota))),
            RowAction.<Quota>of(
                    Glyph.TRASH,
                    quota -> getTranslation("tenant-quotas.remove-of", whose(quota)),
                    this::askRemoval)
                .harmful())
        .whenEmpty(
            () ->
                new EmptyState(
                    getTranslation("tenant-quotas.empty"),
                    getTranslation("tenant-quotas.empty-words"),
                    setOne()));
    columns().forEach(list::column);
    setContent(list);
  }

  private Button setOne() {
    Button set = new Button(getTranslation("tenant-quotas.set"), click -> open(Optional.empty()));
    set.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    return set;
  }

  private List<ListColumn<Quota>> columns() {
    return List.of(
        ListColumn.of(
                WHOSE,
                getTranslation("tenant-quotas.whose"),
                (Quota quota) -> new Span(words.holder(quota.holder())),
                quota -> quota.holder().toString())
            .sorts(),
        ListColumn.of(
            "where",
            getTranslation("tenant-quotas.where"),
            quota -> new Span(words.extent(quota.extent())),
            quota -> quota.extent().text()),
        ListColumn.of(
            "limits",
            getTranslation("tenant-quotas.limits"),
            quota -> new Span(words.limits(quota)),
            quota -> LimitKind.write(quota.maxima()).toString()),
        ListColumn.of(
                CHANGED,
                getTranslation("tenant-quotas.changed"),
                TenantQuotasView::changed,
                (Quota quota) -> quota.changedAt().orElseThrow().toString())
            .sorts());
  }

  private static Component changed(Quota quota) {
    Span by = new Span(quota.changedBy().orElseThrow());
    by.addClassName("quiet");
    Div changed = new Div(Moment.ago(quota.changedAt().orElseThrow()), new Span(" · "), by);
    return changed;
  }

  private String whose(Quota quota) {
    return words.holder(quota.holder()) + ", " + words.extent(quota.extent());
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    caller = callers.current();
    look();
    list.show(ListState.of(event.getLocation().getQueryParameters()));
  }

  private void look() {
    open.setText(
        getTranslation(
            "tenant-quotas.requests",
            requests.list(Optional.of(QuotaRequest.State.OPEN), caller).size()));
    all = quotas.list(caller);
    tenant.offer(all.stream().map(quota -> quota.holder().tenant()).toList());
  }

  private void refresh() {
    look();
    list.refresh();
  }

  private void open(Optional<Quota> quota) {
    new QuotaDialog(
            quotas,
            caller,
            quota,
            forms.of(
                caller,
                ADDRESS
                    + quota.map(one -> "/" + one.holder() + "/" + one.extent().text()).orElse("")),
            this::refresh)
        .open();
  }

  private void askRemoval(Quota quota) {
    new RemovalDialog(
            getTranslation("tenant-quotas.remove-of", whose(quota)),
            List.of(
                getTranslation(
                    "tenant-quotas.lost",
                    words.holder(quota.holder()),
                    words.extent(quota.extent()),
                    words.limits(quota)),
                getTranslation("tenant-quotas.stays")),
            quota.holder().toString(),
            getTranslation("tenant-quotas.remove"),
            () -> {
              quotas.remove(quota.holder(), quota.extent(), quota.version(), caller);
              refresh();
            })
        .open();
  }

  private boolean isWanted(ListState asked, Quota quota) {
    String part = asked.text().toLowerCase(Locale.ROOT);
    return asked.value(TENANT).map(quota.holder().tenant()::equals).orElse(true)
        && Stream.of(
                quota.holder().toString(),
                words.extent(quota.extent()),
                words.limits(quota),
                quota.changedBy().orElse(""))
            .anyMatch(word -> word.toLowerCase(Locale.ROOT).contains(part));
  }
}
