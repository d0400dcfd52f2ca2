package io.isthmus.rest.keypair;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.keypair.KeyPairs;
import io.isthmus.rest.idempotency.AnsweredWhole;
import io.isthmus.rest.idempotency.WholeAnswers;
import io.isthmus.rest.page.PageQuery;
import io.isthmus.rest.tenant.Projects;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.Providers;

/** Key pairs that a project keeps. */
@Path("keypairs")
@RequestScoped
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class KeyPairsResource {

  @Inject KeyPairs pairs;
  @Inject Callers callers;
  @Inject WholeAnswers answers;
  @Inject Projects projects;
  @Context UriInfo uri;
  @Context Providers providers;

  /**
   * What is to be kept.
   *
   * @param project {@code tenant/project}; the caller's own first project when left out
   * @param publicKey as one line
   */
  public record Added(String project, @NotNull String name, @NotNull String publicKey) {

    /** Without the key: it may be a private one by mistake. */
    @Override
    public String toString() {
      return project + " " + name;
    }
  }

  @GET
  public Response list(@QueryParam("project") String project, @BeanParam PageQuery page) {
    Caller caller = callers.current();
    return page.page(
        pairs.list(projects.named(project, caller), caller),
        kept -> kept.pair().name(),
        KeyPairBody::of);
  }

  @POST
  @AnsweredWhole
  public Response add(@NotNull @Valid Added added) {
    return answers.of(
        providers,
        () -> {
          Caller caller = callers.current();
          ProjectId project = projects.named(added.project(), caller);
          pairs.add(project, added.name(), added.publicKey(), caller);
          return Response.created(
                  uri.getAbsolutePathBuilder()
                      .segment(added.name())
                      .queryParam("project", project)
                      .build())
              .entity(KeyPairBody.of(pairs.find(project, added.name(), caller)))
              .build();
        });
  }

  @GET
  @Path("{name}")
  public KeyPairBody show(@PathParam("name") String name, @QueryParam("project") String project) {
    Caller caller = callers.current();
    return KeyPairBody.of(pairs.find(projects.named(project, caller), name, caller));
  }

  /** It never changes, so that there is no version to be asked for. */
  @DELETE
  @Path("{name}")
  public void remove(@PathParam("name") String name, @QueryParam("project") String project) {
    Caller caller = callers.current();
    pairs.remove(projects.named(project, caller), name, caller);
  }
}
