package io.isthmus.rest.failover;

import io.isthmus.domain.access.Callers;
import io.isthmus.domain.failover.Failovers;
import io.isthmus.rest.problem.Reader;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;

/** What is done about lost clouds, over all stacks. */
@Path("failovers")
@RequestScoped
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
public class FailoversResource {

  @Inject Failovers failovers;
  @Inject Callers callers;
  @Context HttpHeaders headers;

  @GET
  public List<FailoverBody> list() {
    Locale locale = Reader.locale(headers);
    return failovers.all(callers.current()).stream()
        .map(one -> FailoverBody.of(one, locale))
        .toList();
  }
}
