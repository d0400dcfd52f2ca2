package io.isthmus.ui.standing;

import com.vaadin.cdi.annotation.RouteScoped;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.cloud.CloudService;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.placement.PolicyCompletions;
import io.isthmus.domain.placement.PolicyScope;
import io.isthmus.domain.placement.StandingPolicies;
import io.isthmus.domain.tenant.TenantService;
import io.isthmus.ui.element.EmptyState;
import io.isthmus.ui.element.PageTabs;
import io.isthmus.ui.shell.CurrentProject;
import io.isthmus.ui.shell.MainLayout;
import io.isthmus.ui.shell.Page;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/**
 * The rules that hold for all stacks of the federation and of a tenant, and the federation's
 * default policy. Whoever is bound by them reads them here; who may changes them.
 */
@RouteScoped
@Route(value = "standing-policies/:scope?", layout = MainLayout.class)
public class StandingPoliciesView extends Page implements BeforeEnterObserver {

  private static final long serialVersionUID = 1L;
  private static final String PATH = "standing-policies/";
  private static final String TENANT = "tenant";

  /** The tabs, in order. */
  private enum Scope {
    FEDERATION,
    TENANT,
    DEFAULT
  }

  private final transient Callers callers;
  private final transient CurrentProject current;
  private final transient StandingPolicies policies;
  private final transient TenantService tenants;
  private final transient CloudService clouds;

  private final PageTabs<Scope> tabs =
      new PageTabs<>(
          Scope.class,
          word -> getTranslation("standing.tab-" + word),
          scope -> go(scope, QueryParameters.empty()));
  private final Select<String> tenant = new Select<>();
  private final Paragraph words = new Paragraph();
  private final Div body = new Div();

  @Inject
  StandingPoliciesView(
      Callers callers,
      CurrentProject current,
      StandingPolicies policies,
      TenantService tenants,
      CloudService clouds) {
    this.callers = callers;
    this.current = current;
    this.policies = policies;
    this.tenants = tenants;
    this.clouds = clouds;
    setPageTitle(getTranslation("standing.title"));
    setSentence(getTranslation("standing.sentence"));
    tenant.setLabel(getTranslation("standing.tenant"));
    tenant.addValueChangeListener(
        change -> {
          if (change.isFromClient() && change.getValue() != null) {
            go(Scope.TENANT, QueryParameters.of(TENANT, change.getValue()));
          }
        });
    body.addClassName("stack-wide");
    setContent(tabs, tenant, words, body);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    Caller caller = callers.current();
    Scope scope =
        event
            .getRouteParameters()
            .get("scope")
            .map(
                word ->
                    PageTabs.find(Scope.class, word)
                        .orElseThrow(() -> FederationFault.notFound("page", word)))
            .orElse(Scope.FEDERATION);
    tabs.select(scope);
    words.setText(getTranslation("standing.words-" + PageTabs.word(scope)));
    tenant.setVisible(false);
    Optional<PolicyScope> asked =
        switch (scope) {
          case FEDERATION -> Optional.of(PolicyScope.FEDERATION);
          case DEFAULT -> Optional.of(PolicyScope.DEFAULT);
          case TENANT ->
              tenant(caller, event.getLocation().getQueryParameters()).map(PolicyScope::tenant);
        };
    body.removeAll();
    body.add(
        asked.isPresent()
            ? new StandingPanel(policies, asked.get(), caller, names(caller))
            : new EmptyState(
                getTranslation("standing.no-tenant"), getTranslation("standing.no-tenant-words")));
  }

  /** The one that the address names, else the one of the reader's project. */
  private Optional<String> tenant(Caller caller, QueryParameters query) {
    List<String> seen = tenants.tenants(caller);
    Optional<String> chosen =
        query
            .getSingleParameter(TENANT)
            .or(() -> current.find(caller).map(project -> project.tenant()))
            .or(() -> seen.stream().findFirst());
    tenant.setItems(seen);
    chosen.filter(seen::contains).ifPresent(tenant::setValue);
    tenant.setVisible(seen.size() > 1);
    return chosen;
  }

  private PolicyCompletions.Names names(Caller caller) {
    return PolicyCompletions.Names.of(
        current.find(caller).map(project -> clouds.list(caller, project)).orElse(List.of()),
        List.of());
  }

  private void go(Scope scope, QueryParameters query) {
    getUI().ifPresent(ui -> ui.navigate(PATH + PageTabs.word(scope), query));
  }
}
