package io.isthmus.rest.insurance;

import io.isthmus.domain.access.Callers;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.insurance.InsurancePage;
import io.isthmus.domain.insurance.InsuranceService;
import io.isthmus.domain.placement.LostResource;
import io.isthmus.rest.page.PageQuery;
import io.isthmus.rest.problem.Arguments;
import io.isthmus.rest.problem.Reader;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;

/** What would be if a cloud vanished, as it was counted last. */
@Path("insurance")
@RequestScoped
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
public class InsuranceResource {

  @Inject InsuranceService insurance;
  @Inject Callers callers;
  @Context HttpHeaders headers;

  @GET
  public List<InsuranceBody> list(@QueryParam("project") String project) {
    return insurance.list(project(project), callers.current()).stream()
        .map(InsuranceBody::of)
        .toList();
  }

  @GET
  @Path("{cloud}")
  public Response show(
      @PathParam("cloud") String cloud,
      @QueryParam("project") String project,
      @QueryParam("outcome") String outcome,
      @BeanParam PageQuery page) {
    InsurancePage found =
        insurance.page(
            Arguments.id("cloud", cloud, CloudId::new),
            project(project),
            Optional.ofNullable(outcome)
                .map(text -> Arguments.parse("outcome", text, LostResource.Outcome::parse)),
            page.cursor(),
            page.limit(),
            callers.current());
    return page.answer(InsurancePageBody.of(found, Reader.locale(headers)), "cursor", found.next());
  }

  private static Optional<ProjectId> project(String text) {
    return Optional.ofNullable(text)
        .map(given -> Arguments.parse("project", given, ProjectId::parse));
  }
}
