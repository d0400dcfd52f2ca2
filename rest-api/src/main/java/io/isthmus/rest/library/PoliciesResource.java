package io.isthmus.rest.library;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.library.ItemKind;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.Optional;

/** Placement policies that a project keeps. */
@Path("policies")
@RequestScoped
@RolesAllowed("user")
public class PoliciesResource extends SavedItemsResource {

  public PoliciesResource() {
    super(ItemKind.POLICY);
  }

  /** Makes it the policy of stacks that name none. */
  @PUT
  @Path("{name}/default")
  public void makeDefault(@PathParam("name") String name, @QueryParam("project") String project) {
    Caller caller = callers.current();
    library.makeDefault(projects.named(project, caller), Optional.of(name), caller);
  }

  /** Stacks that name no policy take the federation's again. */
  @DELETE
  @Path("{name}/default")
  public void withdrawDefault(
      @PathParam("name") String name, @QueryParam("project") String project) {
    Caller caller = callers.current();
    ProjectId in = projects.named(project, caller);
    if (!library.versions(in, ItemKind.POLICY, name, caller).get(0).isDefault()) {
      throw FederationFault.notFound("default policy", name);
    }
    library.makeDefault(in, Optional.empty(), caller);
  }
}
