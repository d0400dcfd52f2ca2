package io.isthmus.rest.cloud;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.cloud.CatalogEntry;
import io.isthmus.domain.cloud.CatalogNames;
import io.isthmus.domain.cloud.CatalogService;
import io.isthmus.domain.placement.SubstituteService;
import io.isthmus.domain.placement.Substitutes;
import io.isthmus.rest.page.PageQuery;
import io.isthmus.rest.tenant.Projects;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/**
 * The flavors and images that a project's templates may name, over all the clouds that it has an
 * access to.
 */
@Path("")
@RequestScoped
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
public class CatalogResource {

  @Inject CatalogService catalog;
  @Inject SubstituteService substitution;
  @Inject Callers callers;
  @Inject Projects projects;

  @GET
  @Path("flavors")
  public Response flavors(
      @QueryParam("project") String project,
      @BeanParam CatalogQuery query,
      @BeanParam PageQuery page) {
    Substitutes substitutes = substitutes(project);
    return page.page(
        names(project).flavors().stream().filter(query::accepts).toList(),
        CatalogEntry::name,
        entry -> FlavorBody.of(entry, substitutes));
  }

  @GET
  @Path("images")
  public Response images(
      @QueryParam("project") String project,
      @BeanParam CatalogQuery query,
      @BeanParam PageQuery page) {
    Substitutes substitutes = substitutes(project);
    return page.page(
        names(project).images().stream().filter(query::accepts).toList(),
        CatalogEntry::name,
        entry -> ImageBody.of(entry, substitutes));
  }

  private Substitutes substitutes(String project) {
    Caller caller = callers.current();
    return substitution.substitutes(caller, projects.named(project, caller));
  }

  private CatalogNames names(String project) {
    Caller caller = callers.current();
    return catalog.names(caller, projects.named(project, caller));
  }
}
