package io.isthmus.ui.shell;

import com.vaadin.flow.router.internal.NavigationRouteTarget;
import com.vaadin.flow.server.RouteRegistry;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinServletRequest;
import com.vaadin.flow.server.communication.IndexHtmlResponse;
import io.isthmus.domain.audit.AuditRecord.Reason;
import io.isthmus.domain.audit.AuditRecord.Target;
import io.isthmus.domain.audit.RequestAudit;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.ui.signin.AskedPage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Element;

/**
 * Sends every page with a content security policy whose nonce its scripts carry, in the reader's
 * language, and with 404 where no page of the portal answers. Who has not signed in is led through
 * sign-in to the page asked for.
 *
 * <p>Vaadin 24 needs {@code unsafe-eval}; scripts that are not its own still cannot run.
 */
@ApplicationScoped
public class PageGuard {

  private static final int NONCE_BYTES = 18;
  private final SecureRandom random = new SecureRandom();

  private RequestAudit audit;

  @Inject
  PageGuard(RequestAudit audit) {
    this.audit = audit;
  }

  /** For the container's proxies. */
  protected PageGuard() {}

  void guard(@Observes ServiceInitEvent start) {
    RouteRegistry routes = start.getSource().getRouter().getRegistry();
    start.addIndexHtmlRequestListener(page -> prepare(page, routes));
  }

  private void prepare(IndexHtmlResponse page, RouteRegistry routes) {
    byte[] bytes = new byte[NONCE_BYTES];
    random.nextBytes(bytes);
    String nonce = Base64.getEncoder().encodeToString(bytes);
    // Views are kept by the window's name. A page that is loaded anew must not be given the views
    // of
    // the one before it, which still belong to that one.
    page.getDocument()
        .head()
        .prependElement("script")
        .appendChild(new DataNode("window.name = '';"));
    for (Element script : page.getDocument().select("script")) {
      script.attr("nonce", nonce);
    }
    page.getDocument()
        .select("html")
        .attr("lang", Preferences.language(page.getVaadinRequest()).getLanguage());
    page.getVaadinResponse().setHeader("Content-Security-Policy", policy(nonce));
    String path = page.getVaadinRequest().getPathInfo();
    if (path != null && !isPage(routes, path)) {
      page.getVaadinResponse().setStatus(404);
    } else if (page.getVaadinRequest().getUserPrincipal() == null) {
      signIn(page);
    }
  }

  private void signIn(IndexHtmlResponse page) {
    HttpServletRequest request =
        ((VaadinServletRequest) page.getVaadinRequest()).getHttpServletRequest();
    String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
    // One slash only: two would lead to another host.
    String path = "/" + String.valueOf(request.getPathInfo()).replaceFirst("^/+", "");
    AskedPage.remember(request, path + query);
    audit.answered(
        "read",
        new Target("page", path),
        Optional.of(new Reason(FaultCode.NOT_SIGNED_IN.text(), "Nobody has signed in.")));
    page.getVaadinResponse().setStatus(302);
    page.getVaadinResponse().setHeader("Location", request.getContextPath() + "/login");
  }

  private static boolean isPage(RouteRegistry routes, String path) {
    NavigationRouteTarget target =
        routes.getNavigationRouteTarget(path.startsWith("/") ? path.substring(1) : path);
    return target.hasTarget();
  }

  private static String policy(String nonce) {
    return "default-src 'self'; script-src 'self' 'nonce-"
        + nonce
        + "' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'"
        + " data:; connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self';"
        + " frame-ancestors 'none'";
  }
}
