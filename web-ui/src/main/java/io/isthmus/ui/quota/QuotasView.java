package io.isthmus.ui.quota;

import com.vaadin.cdi.annotation.RouteScoped;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.cloud.Allowance;
import io.isthmus.domain.cloud.CloudInventory;
import io.isthmus.domain.cloud.CloudService;
import io.isthmus.domain.cloud.CloudView;
import io.isthmus.domain.cloud.Extent;
import io.isthmus.domain.cloud.Limit;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.cloud.RegionInventory;
import io.isthmus.domain.quota.Holding;
import io.isthmus.domain.quota.HoldingService;
import io.isthmus.domain.quota.QuotaRequest;
import io.isthmus.domain.quota.QuotaRequests;
import io.isthmus.domain.quota.QuotaService;
import io.isthmus.ui.element.Clouds;
import io.isthmus.ui.element.Countries;
import io.isthmus.ui.element.EmptyState;
import io.isthmus.ui.element.Moment;
import io.isthmus.ui.element.RowAction;
import io.isthmus.ui.list.ListPanel;
import io.isthmus.ui.list.ListSource;
import io.isthmus.ui.list.ListState;
import io.isthmus.ui.shell.CurrentProject;
import io.isthmus.ui.shell.LiveUpdates;
import io.isthmus.ui.shell.MainLayout;
import io.isthmus.ui.shell.ProjectPage;
import io.isthmus.ui.unsent.UnsentForms;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the federation and each cloud let the project have, and what it has. */
@RouteScoped
@Route(value = QuotasView.ADDRESS, layout = MainLayout.class)
public class QuotasView extends ProjectPage {

  static final String ADDRESS = "quotas";

  private static final long serialVersionUID = 1L;

  /** What Horizon shows, and what people run out of. */
  private static final List<LimitKind> SHOWN =
      List.of(
          LimitKind.INSTANCES,
          LimitKind.VCPUS,
          LimitKind.RAM_MIB,
          LimitKind.VOLUMES,
          LimitKind.VOLUME_GIB,
          LimitKind.FLOATING_IPS,
          LimitKind.NETWORKS,
          LimitKind.LOAD_BALANCERS);

  private final transient QuotaService quotas;
  private final transient HoldingService holdings;
  private final transient CloudService clouds;
  private final transient QuotaRequests requests;
  private final transient UnsentForms forms;
  private final Div body = new Div();
  private final transient ListPanel<QuotaRequest> asked;
  private final Div ofFederation = new Div();
  private final Div ofClouds = new Div();
  private transient OfFederation seen = new OfFederation(List.of(), List.of());

  /** What people can act on: drawn anew when it is something else, so that the focus stays. */
  private record OfFederation(List<Allowance> allowances, List<QuotaRequest> requests) {}

  @Inject
  QuotasView(
      Callers callers,
      CurrentProject current,
      QuotaService quotas,
      HoldingService holdings,
      CloudService clouds,
      QuotaRequests requests,
      UnsentForms forms,
      LiveUpdates live) {
    super(callers, current);
    this.quotas = quotas;
    this.holdings = holdings;
    this.clouds = clouds;
    this.requests = requests;
    this.forms = forms;
    this.asked =
        ListPanel.inPlace(
            getTranslation("quota-requests.of-project"),
            QuotaRequest::id,
            ListSource.of(
                () -> seen.requests(), (state, request) -> true, QuotaRequestColumns.orders()));
    asked.actions(
        RowAction.<QuotaRequest>of(
                getTranslation("quota-requests.withdraw"),
                request -> getTranslation("quota-requests.withdraw") + ": " + request.holder(),
                this::withdraw)
            .when(request -> request.state() == QuotaRequest.State.OPEN));
    new QuotaRequestColumns(this).columns().forEach(asked::column);
    body.addClassName("stack-wide");
    ofFederation.addClassName("stack-wide");
    ofClouds.addClassName("stack-wide");
    body.add(ofFederation, ofClouds);
    // Often nothing on the page can be clicked: so that the keyboard scrolls it.
    body.getElement().setAttribute("tabindex", "0");
    body.getElement().setAttribute("role", "region");
    body.getElement().setAttribute("aria-label", getTranslation("quotas.title"));
    follow(live, this::refresh);
    setPageTitle(getTranslation("quotas.title"));
    setSentence(getTranslation("quotas.sentence"));
    setContent(body);
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    seen = look();
    asked.show(ListState.of(QueryParameters.empty()));
    draw();
    drawClouds();
  }

  @Override
  protected Anchor instead() {
    return new Anchor("/" + TenantQuotasView.ADDRESS, getTranslation("quotas.to-tenants"));
  }

  private OfFederation look() {
    return new OfFederation(
        ownFirst(quotas.of(project(), caller())),
        requests.of(project(), Optional.empty(), caller()));
  }

  private void refresh() {
    OfFederation now = look();
    if (!now.equals(seen)) {
      seen = now;
      asked.refresh();
      draw();
    }
    drawClouds();
  }

  private void draw() {
    List<Component> sections = new ArrayList<>();
    for (Allowance allowance : seen.allowances()) {
      Div head = new Div(new H2(name(allowance)));
      if (isLimited(allowance)) {
        head.add(ask(allowance));
      }
      head.addClassName("row");
      sections.add(section(head, allowance.limits(), List.copyOf(allowance.limits().keySet())));
    }
    if (sections.isEmpty()) {
      sections.add(new Paragraph(getTranslation("quotas.none-of-federation")));
    }
    if (!seen.requests().isEmpty()) {
      sections.add(new H2(getTranslation("quota-requests.of-project")));
      sections.add(asked);
    }
    ofFederation.removeAll();
    sections.forEach(ofFederation::add);
  }

  private void drawClouds() {
    List<CloudView> all = clouds.list(caller(), project());
    Clouds drawn = new Clouds(all);
    Map<Place, Holding> held =
        holdings.of(project(), caller()).stream()
            .collect(Collectors.toMap(Holding::region, Function.identity()));
    List<Component> sections = new ArrayList<>();
    for (CloudView cloud : all) {
      cloud
          .inventory()
          .ifPresent(
              inventory ->
                  inventory
                      .regions()
                      .forEach(
                          region -> sections.add(region(cloud, inventory, region, drawn, held))));
    }
    if (sections.isEmpty()) {
      sections.add(
          new EmptyState(
              getTranslation("quotas.no-cloud"), getTranslation("quotas.no-cloud-words")));
    }
    ofClouds.removeAll();
    sections.forEach(ofClouds::add);
  }

  private static boolean isLimited(Allowance allowance) {
    return allowance.limits().values().stream().anyMatch(limit -> limit.maximum() >= 0);
  }

  private Button ask(Allowance allowance) {
    Button ask =
        new Button(
            getTranslation("quota-requests.ask"),
            click ->
                new AskDialog(
                        requests,
                        caller(),
                        project(),
                        allowance,
                        name(allowance),
                        forms.of(
                            caller(),
                            ADDRESS
                                + "/"
                                + project()
                                + "/"
                                + allowance.of().text()
                                + "/"
                                + allowance.extent().text()),
                        this::refresh)
                    .open());
    ask.addThemeVariants(ButtonVariant.LUMO_SMALL);
    ask.setAriaLabel(getTranslation("quota-requests.ask-for", name(allowance)));
    return ask;
  }

  private void withdraw(QuotaRequest request) {
    requests.withdraw(request.id(), caller());
    refresh();
  }

  private static List<Allowance> ownFirst(List<Allowance> allowances) {
    return allowances.stream().sorted(Comparator.comparing(Allowance::of)).toList();
  }

  private Component region(
      CloudView cloud,
      CloudInventory inventory,
      RegionInventory region,
      Clouds drawn,
      Map<Place, Holding> held) {
    Span read =
        new Span(new Span(getTranslation("limits.read") + " "), Moment.ago(inventory.takenAt()));
    read.addClassName("age");
    Div head = new Div(drawn.chip(cloud.id()), new H2(region.region()), read);
    head.addClassName("row");
    Div section = section(head, region.limits(), SHOWN);
    Optional.ofNullable(held.get(Place.inRegion(cloud.id(), region.region())))
        .ifPresent(holding -> section.add(new HoldingTable(holding)));
    return section;
  }

  private static Div section(Component head, Map<LimitKind, Limit> limits, List<LimitKind> shown) {
    Div rings = new Div();
    rings.addClassName("rings");
    for (LimitKind kind : LimitKind.values()) {
      if (shown.contains(kind) && limits.containsKey(kind)) {
        rings.add(new Ring(kind, limits.get(kind)));
      }
    }
    Div section = new Div(head, rings);
    section.addClassName("stack");
    return section;
  }

  private String name(Allowance allowance) {
    String whose = "quotas." + allowance.of();
    Extent extent = allowance.extent();
    if (extent instanceof Extent.OfCloud of) {
      return getTranslation(whose + "-in", of.cloud().text());
    }
    if (extent instanceof Extent.OfOperator of) {
      return getTranslation(whose + "-of-operator", of.operator());
    }
    if (extent instanceof Extent.OfJurisdiction of) {
      return getTranslation(whose + "-in", Countries.name(of.jurisdiction()));
    }
    return getTranslation(whose + "-everywhere");
  }
}
