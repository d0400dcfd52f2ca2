package io.isthmus.ui.quota;

import com.vaadin.cdi.annotation.RouteScoped;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.Route;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.cloud.Limit;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.quota.Quota;
import io.isthmus.domain.quota.QuotaRequest;
import io.isthmus.domain.quota.QuotaRequests;
import io.isthmus.domain.quota.QuotaService;
import io.isthmus.domain.quota.QuotaUse;
import io.isthmus.ui.element.EmptyState;
import io.isthmus.ui.element.Glyph;
import io.isthmus.ui.element.Meter;
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
import io.isthmus.ui.unsent.UnsentForms;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the federation lets each tenant and project have; administrators set it here. */
@RouteScoped
@FederationAdminsOnly
@Route(value = TenantQuotasView.ADDRESS, layout = MainLayout.class)
public class TenantQuotasView extends QuotaListPage<QuotaUse> {

  static final String ADDRESS = "tenant-quotas";

  private static final long serialVersionUID = 1L;
  private static final String TENANT = "tenant";
  private static final String WHOSE = "whose";
  private static final String USE = "limits";
  private static final String CHANGED = "changed";

  private final transient QuotaService quotas;
  private final transient QuotaRequests requests;
  private final Anchor open;
  private final transient QuotaWords words = new QuotaWords(this);
  private final FilterSelect<String> tenant =
      new FilterSelect<>(getTranslation("standing.tenant"), List.of(), each -> each);
  private final transient ListPanel<QuotaUse> list;
  private transient List<QuotaUse> all = List.of();

  @Inject
  TenantQuotasView(
      Callers callers, QuotaService quotas, QuotaRequests requests, UnsentForms forms) {
    super(callers, forms, ADDRESS);
    this.requests = requests;
    this.quotas = quotas;
    this.list =
        new ListPanel<>(
            getTranslation("tenant-quotas.title"),
            row -> List.of(row.quota().holder(), row.quota().extent()),
            ListSource.of(
                () -> all,
                this::isWanted,
                Map.of(
                    WHOSE, Comparator.comparing(row -> row.quota().holder().toString()),
                    USE, Comparator.comparing(QuotaUse::fullest),
                    CHANGED, Comparator.comparing(row -> row.quota().changedAt().orElseThrow()))),
            () -> ADDRESS);
    open = new Anchor("/" + QuotaRequestsView.ADDRESS + "?state=OPEN", "");
    setActions(open, setOne());
    list.search(getTranslation("tenant-quotas.filter"))
        .filter(TENANT, tenant, tenant::find)
        .actions(
            RowAction.<QuotaUse>of(
                getTranslation("tenant-quotas.change"),
                row -> getTranslation("tenant-quotas.change-of", whose(row.quota())),
                row -> open(Optional.of(row.quota()))),
            RowAction.<QuotaUse>of(
                    Glyph.TRASH,
                    row -> getTranslation("tenant-quotas.remove-of", whose(row.quota())),
                    row -> askRemoval(row.quota()))
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

  private List<ListColumn<QuotaUse>> columns() {
    return List.of(
        ListColumn.of(
                WHOSE,
                getTranslation("tenant-quotas.whose"),
                (QuotaUse row) -> new Span(words.holder(row.quota().holder())),
                row -> row.quota().holder().toString())
            .sorts(),
        ListColumn.of(
            "where",
            getTranslation("tenant-quotas.where"),
            row -> new Span(words.extent(row.quota().extent())),
            row -> row.quota().extent().text()),
        ListColumn.of(
                USE, getTranslation("tenant-quotas.use"), this::use, TenantQuotasView::figures)
            .sorts(),
        ListColumn.of(
                CHANGED,
                getTranslation("tenant-quotas.changed"),
                (QuotaUse row) -> changed(row.quota()),
                row -> row.quota().changedAt().orElseThrow().toString())
            .sorts());
  }

  /** A bar for each limit, in the order of kinds. */
  private Component use(QuotaUse row) {
    Div use = new Div();
    use.addClassName("lines");
    limited(row).forEach(kind -> use.add(new Meter(kind, row.limits().get(kind), true)));
    if (use.getComponentCount() == 0) {
      use.add(new Span(words.limits(row.quota())));
    }
    return use;
  }

  /** {@code instances 12/50, vcpus 3/80}. */
  private static String figures(QuotaUse row) {
    return limited(row)
        .map(
            kind -> {
              Limit limit = row.limits().get(kind);
              return kind.text() + " " + limit.used() + "/" + limit.maximum();
            })
        .collect(Collectors.joining(", "));
  }

  private static Stream<LimitKind> limited(QuotaUse row) {
    return Arrays.stream(LimitKind.values())
        .filter(kind -> row.quota().maxima().getOrDefault(kind, -1L) >= 0);
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
  protected ListPanel<QuotaUse> list() {
    return list;
  }

  @Override
  protected void look() {
    open.setText(
        getTranslation(
            "tenant-quotas.requests",
            requests.list(Optional.of(QuotaRequest.State.OPEN), caller()).size()));
    all = quotas.uses(caller());
    tenant.offer(all.stream().map(row -> row.quota().holder().tenant()).toList());
  }

  private void open(Optional<Quota> quota) {
    new QuotaDialog(
            quotas,
            caller(),
            quota,
            form(quota.map(one -> "/" + one.holder() + "/" + one.extent().text()).orElse("")),
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
              quotas.remove(quota.holder(), quota.extent(), quota.version(), caller());
              refresh();
            })
        .open();
  }

  private boolean isWanted(ListState asked, QuotaUse row) {
    Quota quota = row.quota();
    return asked.value(TENANT).map(quota.holder().tenant()::equals).orElse(true)
        && says(
            asked,
            quota.holder().toString(),
            words.extent(quota.extent()),
            words.limits(quota),
            quota.changedBy().orElse(""));
  }
}
