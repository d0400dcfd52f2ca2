package io.isthmus.rest.trace;

import io.isthmus.domain.access.ClientAddresses;
import io.isthmus.domain.audit.AuditRecord.Reason;
import io.isthmus.domain.audit.AuditRecord.Target;
import io.isthmus.domain.audit.AuditedRequest;
import io.isthmus.domain.audit.Face;
import io.isthmus.domain.audit.RequestAudit;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.metrics.Metrics;
import io.isthmus.domain.trace.RequestId;
import jakarta.inject.Inject;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Gives every request an id, its caller's or a fresh one, returns it, and writes a line of JSON for
 * each to the log {@code io.isthmus.api.access}. Query and bodies are not in it.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class TracedRequests extends HttpFilter {

  /** OpenStack's and everybody else's. */
  static final String OPENSTACK_HEADER = "X-Openstack-Request-Id";

  static final String COMMON_HEADER = "X-Request-Id";

  private static final long serialVersionUID = 1L;
  @Inject private transient Metrics metrics;
  @Inject private transient RequestAudit audit;
  @Inject private transient ClientAddresses clients;

  private static final Logger LOG = Logger.getLogger("io.isthmus.api.access");

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    RequestId id =
        RequestId.firstOf(request.getHeader(OPENSTACK_HEADER), request.getHeader(COMMON_HEADER));
    response.setHeader(OPENSTACK_HEADER, id.text());
    response.setHeader(COMMON_HEADER, id.text());
    long start = System.nanoTime();
    try (RequestId.Scope scope = id.serve();
        AuditedRequest audited = AuditedRequest.serve(Face.API, client(request))) {
      chain.doFilter(request, response);
      audit.answered(RequestAudit.action(request.getMethod()), asked(request), refused(response));
    } finally {
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      // What goes on as a stream is not measured: it lasts as long as somebody follows.
      if (!request.isAsyncStarted()) {
        metrics.requested(request.getMethod(), response.getStatus(), took);
      }
      log(id, request, response, took);
    }
  }

  private String client(HttpServletRequest request) {
    return clients.of(
        request.getRemoteAddr(), Collections.list(request.getHeaders("X-Forwarded-For")));
  }

  /** Behind a semicolon a session's id may stand. */
  private static Target asked(HttpServletRequest request) {
    return new Target("address", request.getRequestURI().replaceFirst(";.*", ""));
  }

  private static Optional<Reason> refused(HttpServletResponse response) {
    int status = response.getStatus();
    return status < HttpServletResponse.SC_BAD_REQUEST
        ? Optional.empty()
        : Optional.of(new Reason("http", "Answered with status " + status + "."));
  }

  private static void log(
      RequestId id, HttpServletRequest request, HttpServletResponse response, Duration took) {
    if (!LOG.isLoggable(Level.INFO)) {
      return;
    }
    JsonObjectBuilder line =
        Json.createObjectBuilder()
            .add("request_id", id.text())
            .add("method", request.getMethod())
            .add("path", request.getRequestURI())
            .add("status", response.getStatus())
            .add("milliseconds", took.toMillis());
    if (request.getUserPrincipal() != null) {
      line.add("caller", request.getUserPrincipal().getName());
    }
    LOG.info(line.build().toString());
  }
}
