package io.isthmus.ui.shell;

import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.internal.NavigationRouteTarget;
import com.vaadin.flow.server.RouteRegistry;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.communication.IndexHtmlResponse;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.fault.FederationFault;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/**
 * Keeps {@link FederationAdminsOnly} pages from everybody else, who cannot tell that they exist.
 */
@ApplicationScoped
public class AdministrationGuard {

  private Callers callers;

  @Inject
  public AdministrationGuard(Callers callers) {
    this.callers = callers;
  }

  /** For the container's proxies. */
  protected AdministrationGuard() {}

  void guard(@Observes ServiceInitEvent start) {
    RouteRegistry routes = start.getSource().getRouter().getRegistry();
    start.addIndexHtmlRequestListener(page -> hide(page, routes));
    start
        .getSource()
        .addUIInitListener(init -> init.getUI().addBeforeEnterListener(this::turnAway));
  }

  /** The answer's status would tell otherwise. */
  private void hide(IndexHtmlResponse page, RouteRegistry routes) {
    String path = page.getVaadinRequest().getPathInfo();
    if (path == null || page.getVaadinRequest().getUserPrincipal() == null) {
      return;
    }
    NavigationRouteTarget target =
        routes.getNavigationRouteTarget(path.startsWith("/") ? path.substring(1) : path);
    if (target.hasTarget() && isHidden(target.getRouteTarget().getTarget())) {
      page.getVaadinResponse().setStatus(404);
    }
  }

  private void turnAway(BeforeEnterEvent event) {
    if (isHidden(event.getNavigationTarget())) {
      event.rerouteToError(NotFoundException.class);
    }
  }

  private boolean isHidden(Class<?> page) {
    return page.isAnnotationPresent(FederationAdminsOnly.class) && !isAdmin();
  }

  private boolean isAdmin() {
    try {
      return callers.current().isFederationAdmin();
    } catch (FederationFault notSignedIn) {
      return false;
    }
  }
}
