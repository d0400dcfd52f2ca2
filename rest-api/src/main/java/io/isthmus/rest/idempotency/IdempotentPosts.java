package io.isthmus.rest.idempotency;

import io.isthmus.domain.access.Callers;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.idempotency.Beginning;
import io.isthmus.domain.idempotency.RememberedAnswer;
import io.isthmus.domain.idempotency.RememberedRequests;
import io.isthmus.domain.language.Phrase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Serves a POST with an {@code Idempotency-Key} once. What succeeded is answered again for a day;
 * what failed had no effect and may be tried anew under its key.
 *
 * @see "draft-ietf-httpapi-idempotency-key-header"
 */
@Provider
@ApplicationScoped
public class IdempotentPosts
    implements ContainerRequestFilter, ContainerResponseFilter, WriterInterceptor {

  private static final String KEY = "Idempotency-Key";
  private static final String ATTEMPT = IdempotentPosts.class.getName() + ".attempt";
  private static final String STATUS = IdempotentPosts.class.getName() + ".status";
  private static final Pattern USABLE = Pattern.compile("[\\x21-\\x7e]{1,255}");

  /** The headers that belong to an answer and not to its way. */
  private static final List<String> KEPT =
      List.of(HttpHeaders.LOCATION, HttpHeaders.ETAG, HttpHeaders.CONTENT_TYPE);

  private RememberedRequests requests;
  private Callers callers;
  private ServedRequest served;

  @Inject
  public IdempotentPosts(RememberedRequests requests, Callers callers, ServedRequest served) {
    this.requests = requests;
    this.callers = callers;
    this.served = served;
  }

  /** For the container's proxies. */
  protected IdempotentPosts() {}

  @Override
  public void filter(ContainerRequestContext request) throws IOException {
    String key = request.getHeaderString(KEY);
    if (key == null || !request.getMethod().equals(HttpMethod.POST)) {
      return;
    }
    if (!USABLE.matcher(key).matches()) {
      Phrase phrase = Phrase.of("fault.key-unusable");
      throw FederationFault.invalid(KEY, phrase);
    }
    byte[] body = request.getEntityStream().readAllBytes();
    request.setEntityStream(new ByteArrayInputStream(body));
    boolean whole = request.getProperty(WholePosts.WHOLE) != null;
    Beginning beginning =
        requests.begin(callers.current().subject(), key, fingerprint(request, body), whole);
    if (beginning instanceof Beginning.Fresh fresh) {
      served.begin(fresh.attempt(), whole);
      request.setProperty(ATTEMPT, fresh.attempt());
    } else if (beginning instanceof Beginning.Answered known) {
      Response.ResponseBuilder again =
          Response.status(known.answer().status()).entity(known.answer().body());
      known.answer().headers().forEach(again::header);
      request.abortWith(again.header("Idempotent-Replayed", "true").build());
    }
  }

  private static String fingerprint(ContainerRequestContext request, byte[] body) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(
          request.getUriInfo().getRequestUri().getRawPath().getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      digest.update(body);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (!(request.getProperty(ATTEMPT) instanceof UUID attempt) || served.isKept()) {
      return;
    }
    if (response.getStatusInfo().getFamily() == Response.Status.Family.SUCCESSFUL
        && response.hasEntity()) {
      request.setProperty(STATUS, response.getStatus());
    } else {
      requests.forget(attempt);
    }
  }

  /** Keeps the answer before its first byte is sent. */
  @Override
  public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
    if (!(context.getProperty(ATTEMPT) instanceof UUID attempt)
        || !(context.getProperty(STATUS) instanceof Integer status)) {
      context.proceed();
      return;
    }
    OutputStream client = context.getOutputStream();
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    context.setOutputStream(written);
    context.proceed();
    requests.finish(
        attempt,
        new RememberedAnswer(status, kept(context.getHeaders()), written.toByteArray()),
        isSecret(context.getHeaders()));
    written.writeTo(client);
  }

  /** The headers that are answered again. */
  static Map<String, String> kept(MultivaluedMap<String, Object> all) {
    Map<String, String> headers = new HashMap<>();
    for (String name : KEPT) {
      Object value = all.getFirst(name);
      if (value != null) {
        headers.put(name, value.toString());
      }
    }
    return headers;
  }

  /** Whether the body holds something that is told once. */
  static boolean isSecret(MultivaluedMap<String, Object> headers) {
    Object cache = headers.getFirst(HttpHeaders.CACHE_CONTROL);
    return cache != null && cache.toString().contains("no-store");
  }
}
