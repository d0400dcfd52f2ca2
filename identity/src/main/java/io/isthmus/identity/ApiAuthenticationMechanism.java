package io.isthmus.identity;

import com.nimbusds.jwt.JWTClaimsSet;
import io.isthmus.domain.access.ClientAddresses;
import io.isthmus.domain.audit.AuditRecord.Target;
import io.isthmus.domain.audit.Face;
import io.isthmus.domain.audit.RequestAudit;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.trace.RequestId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationException;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Signs the API's callers in by bearer token. A request without one goes on as nobody: methods open
 * to all are served, the others make the container ask again, which is when the caller is told that
 * a token is needed. A bad token is refused even where none is needed.
 */
@ApplicationScoped
public class ApiAuthenticationMechanism implements HttpAuthenticationMechanism {

  private static final Logger LOG = Logger.getLogger(ApiAuthenticationMechanism.class.getName());
  private static final String SCHEME = "Bearer ";
  private static final String CHALLENGE = "Bearer realm=\"isthmus\"";

  /** Seconds. */
  private static final String RETRY_AFTER = "5";

  private BearerTokens tokens;
  private ScrapeToken scrapes;
  private RequestAudit audit;
  private ClientAddresses clients;

  @Inject
  public ApiAuthenticationMechanism(
      BearerTokens tokens, ScrapeToken scrapes, RequestAudit audit, ClientAddresses clients) {
    this.clients = clients;
    this.tokens = tokens;
    this.scrapes = scrapes;
    this.audit = audit;
  }

  /** For the container's proxies. */
  protected ApiAuthenticationMechanism() {}

  @Override
  public AuthenticationStatus validateRequest(
      HttpServletRequest request, HttpServletResponse response, HttpMessageContext context)
      throws AuthenticationException {
    String authorization = request.getHeader("Authorization");
    if (authorization == null
        || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      if (!context.isAuthenticationRequest()) {
        return context.doNothing();
      }
      response.setHeader("WWW-Authenticate", CHALLENGE);
      return refuse(
          request,
          response,
          HttpServletResponse.SC_UNAUTHORIZED,
          FaultCode.NOT_SIGNED_IN,
          Phrase.of("access.not-signed-in"));
    }
    String token = authorization.substring(SCHEME.length()).strip();
    Optional<SignedIn> scraper = scrapes.signIn(token, pathOf(request));
    if (scraper.isPresent()) {
      return context.notifyContainerAboutLogin(
          scraper.get(), scraper.get().caller().federationRoles());
    }
    try {
      JWTClaimsSet claims = tokens.verify(token);
      return context.notifyContainerAboutLogin(
          new SignedIn(Claims.caller(claims), claims.getExpirationTime().toInstant()),
          Claims.groups(claims));
    } catch (TokenRefused e) {
      LOG.log(Level.FINE, "bearer token refused", e);
      response.setHeader("WWW-Authenticate", CHALLENGE + ", error=\"invalid_token\"");
      return refuse(
          request,
          response,
          HttpServletResponse.SC_UNAUTHORIZED,
          FaultCode.NOT_SIGNED_IN,
          Phrase.of("access.token-refused", e.getMessage()));
    } catch (FederationFault unavailable) {
      // The token may be good: who sent it must not take it for refused.
      LOG.log(Level.WARNING, "cannot verify a bearer token", unavailable);
      response.setHeader("Retry-After", RETRY_AFTER);
      return refuse(
          request,
          response,
          HttpServletResponse.SC_SERVICE_UNAVAILABLE,
          unavailable.code(),
          unavailable.phrase());
    }
  }

  /** Within the application's context. */
  private static String pathOf(HttpServletRequest request) {
    String more = request.getPathInfo();
    return request.getServletPath() + (more == null ? "" : more);
  }

  private void record(HttpServletRequest request, RequestId id, FederationFault why) {
    try (RequestId.Scope scope = id.serve()) {
      audit.turnedAway(
          Face.API,
          clients.of(
              request.getRemoteAddr(), Collections.list(request.getHeaders("X-Forwarded-For"))),
          RequestAudit.action(request.getMethod()),
          new Target("address", request.getRequestURI().replaceFirst(";.*", "")),
          why);
    }
  }

  /** The body is written here and committed, else the container puts a page of its own there. */
  private AuthenticationStatus refuse(
      HttpServletRequest request,
      HttpServletResponse response,
      int status,
      FaultCode fault,
      Phrase detail)
      throws AuthenticationException {
    Locale locale = "fr".equals(request.getLocale().getLanguage()) ? Locale.FRENCH : Locale.ENGLISH;
    String code = fault.text();
    // No filter of the API sees a request that is refused here.
    RequestId id =
        RequestId.firstOf(
            request.getHeader("X-Openstack-Request-Id"), request.getHeader("X-Request-Id"));
    record(request, id, new FederationFault(fault, detail));
    byte[] problem =
        Json.createObjectBuilder()
            .add("type", "/api/v1/problems/" + code)
            .add("title", Phrase.of("fault.title." + code).in(locale))
            .add("status", status)
            .add("detail", detail.in(locale))
            .add("instance", request.getRequestURI())
            .add("code", code)
            .add("request_id", id.text())
            .build()
            .toString()
            .getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.setHeader("X-Openstack-Request-Id", id.text());
    response.setHeader("X-Request-Id", id.text());
    response.setHeader("Cache-Control", "no-store");
    response.setContentType("application/problem+json");
    response.setContentLength(problem.length);
    try {
      response.getOutputStream().write(problem);
      response.flushBuffer();
    } catch (IOException e) {
      throw new AuthenticationException("cannot answer " + request.getRequestURI(), e);
    }
    return AuthenticationStatus.SEND_FAILURE;
  }
}
