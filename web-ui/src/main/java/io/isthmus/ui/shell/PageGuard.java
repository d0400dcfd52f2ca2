package io.isthmus.ui.shell;

import com.vaadin.flow.router.internal.NavigationRouteTarget;
import com.vaadin.flow.server.RouteRegistry;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.communication.IndexHtmlResponse;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.security.SecureRandom;
import java.util.Base64;
import org.jsoup.nodes.Element;

/**
 * Sends every page with a content security policy whose nonce its scripts carry, in the reader's
 * language, and with 404 where no page of the portal answers.
 *
 * <p>Vaadin 24 needs {@code unsafe-eval}; scripts that are not its own still cannot run.
 */
@ApplicationScoped
public class PageGuard {

  private static final int NONCE_BYTES = 18;
  private final SecureRandom random = new SecureRandom();

  void guard(@Observes ServiceInitEvent start) {
    RouteRegistry routes = start.getSource().getRouter().getRegistry();
    start.addIndexHtmlRequestListener(page -> prepare(page, routes));
  }

  private void prepare(IndexHtmlResponse page, RouteRegistry routes) {
    byte[] bytes = new byte[NONCE_BYTES];
    random.nextBytes(bytes);
    String nonce = Base64.getEncoder().encodeToString(bytes);
    for (Element script : page.getDocument().select("script")) {
      script.attr("nonce", nonce);
    }
    page.getDocument()
        .select("html")
        .attr("lang", page.getVaadinRequest().getLocale().getLanguage().equals("fr") ? "fr" : "en");
    page.getVaadinResponse().setHeader("Content-Security-Policy", policy(nonce));
    String path = page.getVaadinRequest().getPathInfo();
    if (path != null && !isPage(routes, path)) {
      page.getVaadinResponse().setStatus(404);
    }
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
