package io.isthmus.ui.shell;

import io.isthmus.domain.access.ClientAddresses;
import io.isthmus.domain.audit.AuditedRequest;
import io.isthmus.domain.audit.Face;
import io.isthmus.domain.trace.RequestId;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;

/**
 * Gives every request of a page an id, which goes along with what it asks of clouds, and returns
 * it. A browser's own is not taken: nobody but the portal speaks here.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class TracedPages extends HttpFilter {

  private static final long serialVersionUID = 1L;

  @Inject private transient ClientAddresses clients;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    RequestId id = RequestId.fresh();
    response.setHeader("X-Request-Id", id.text());
    try (RequestId.Scope scope = id.serve();
        AuditedRequest audited = AuditedRequest.serve(Face.PORTAL, client(request))) {
      chain.doFilter(request, response);
    }
  }

  private String client(HttpServletRequest request) {
    return clients.of(
        request.getRemoteAddr(), Collections.list(request.getHeaders("X-Forwarded-For")));
  }
}
