package io.isthmus.rest.cloud;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.cloud.CloudService;
import io.isthmus.domain.csv.Csv;
import io.isthmus.domain.placement.CapabilityMatrix;
import io.isthmus.rest.problem.Reader;
import io.isthmus.rest.tenant.Projects;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** What each region of each cloud offers of what rules can require. */
@Path("capabilities")
@RequestScoped
@RolesAllowed("user")
public class CapabilitiesResource {

  @Inject CloudService clouds;
  @Inject Callers callers;
  @Inject Projects projects;
  @Context HttpHeaders headers;

  /**
   * @param format {@code csv} for a table; the browser's own {@code Accept} asks for neither
   */
  @GET
  @Produces({MediaType.APPLICATION_JSON, "text/csv"})
  public Response list(@QueryParam("project") String project, @QueryParam("format") String format) {
    Caller caller = callers.current();
    CapabilityMatrix matrix =
        project == null && caller.isFederationAdmin()
            ? CapabilityMatrix.of(clouds.listAll(caller))
            : CapabilityMatrix.seen(clouds.list(caller, projects.named(project, caller)));
    List<CapabilityBody> all = CapabilityBody.of(matrix, Reader.locale(headers));
    if (!"csv".equals(format)) {
      return Response.ok(all, MediaType.APPLICATION_JSON_TYPE).build();
    }
    Csv csv = new Csv().row(CapabilityBody.NAMES);
    all.forEach(each -> csv.row(each.cells()));
    return Response.ok(csv.toString(), "text/csv;charset=utf-8").build();
  }
}
