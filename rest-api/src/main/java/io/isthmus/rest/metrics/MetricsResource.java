package io.isthmus.rest.metrics;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.metrics.Metrics;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** The metrics, for who may see the whole federation and for who has the scrape token. */
@Path("metrics")
@RequestScoped
@RolesAllowed({"user", Caller.METRICS_READER})
public class MetricsResource {

  @Inject Metrics metrics;
  @Inject Callers callers;

  @GET
  public Response read() throws IOException {
    callers.current().requireMetricsReader();
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    metrics.write(text);
    return Response.ok(text.toByteArray(), Metrics.MEDIA_TYPE)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }
}
