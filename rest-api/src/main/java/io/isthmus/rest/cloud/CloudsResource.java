package io.isthmus.rest.cloud;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.cloud.CloudDetails;
import io.isthmus.domain.cloud.CloudDraft;
import io.isthmus.domain.cloud.CloudDrafts;
import io.isthmus.domain.cloud.CloudFacts;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.CloudRevision;
import io.isthmus.domain.cloud.CloudService;
import io.isthmus.rest.page.PageQuery;
import io.isthmus.rest.problem.Arguments;
import io.isthmus.rest.problem.Reader;
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
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Member clouds. Tenants see them as their project does; an administrator of the federation who
 * names no project sees and changes the registry.
 */
@Path("clouds")
@RequestScoped
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class CloudsResource {

  @Inject CloudService clouds;
  @Inject Callers callers;
  @Inject Projects projects;
  @Context HttpHeaders headers;

  @GET
  public Response list(
      @QueryParam("project") String project,
      @BeanParam CloudFilter filter,
      @BeanParam PageQuery page) {
    Caller caller = callers.current();
    Locale locale = locale();
    Stream<CloudBody> found =
        asAdministrator(caller, project)
            ? clouds.listAll(caller).stream().map(cloud -> CloudBody.of(cloud, locale))
            : clouds.list(caller, projects.named(project, caller)).stream()
                .map(cloud -> CloudBody.of(cloud, locale));
    return page.page(found.filter(filter::accepts).toList(), CloudBody::id, Function.identity());
  }

  @GET
  @Path("{id}")
  public Response show(@PathParam("id") String id, @QueryParam("project") String project) {
    Caller caller = callers.current();
    return asAdministrator(caller, project)
        ? details(clouds.details(caller, cloudId(id)))
        : Response.ok(
                CloudBody.of(
                    clouds.find(caller, projects.named(project, caller), cloudId(id)), locale()))
            .build();
  }

  /** Tries every entry that is meant step by step; nothing is saved. */
  @POST
  @Path("tests")
  public List<TestBody> test(@NotNull @Valid EntryRequest request) {
    Caller caller = callers.current();
    Locale locale = locale();
    return parse(caller, request).orThrow().stream()
        .map(draft -> TestBody.of(draft, clouds.test(caller, draft), locale))
        .toList();
  }

  /**
   * Adds every entry that is meant, or none: a cloud with its first access, or an access to a cloud
   * that is there.
   */
  @POST
  public Response add(@NotNull @Valid EntryRequest request) {
    Caller caller = callers.current();
    Locale locale = locale();
    List<CloudDraft> drafts = parse(caller, request).newOrThrow();
    List<CloudBody> added =
        clouds.add(caller, drafts).stream().map(cloud -> CloudBody.of(cloud, locale)).toList();
    return Response.status(Response.Status.CREATED).entity(added).build();
  }

  private CloudDrafts parse(Caller caller, EntryRequest request) {
    return clouds.parse(caller, request.cloudsYaml(), request.factsText()).only(request.chosen());
  }

  @PATCH
  @Path("{id}")
  public Response change(
      @PathParam("id") String id,
      @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
      @NotNull CloudChange change) {
    Caller caller = callers.current();
    CloudId cloud = cloudId(id);
    OptionalLong version = Arguments.requiredVersion(ifMatch);
    Optional<String> name = Optional.ofNullable(change.name());
    Optional<CloudFacts> facts =
        Optional.ofNullable(change.facts())
            .map(
                yaml ->
                    clouds.parseFacts(
                        caller,
                        cloud,
                        name.orElseGet(() -> clouds.details(caller, cloud).cloud().name()),
                        yaml));
    return details(
        clouds.change(
            caller,
            cloud,
            new CloudRevision(name, facts, Optional.ofNullable(change.enabled()), version)));
  }

  @DELETE
  @Path("{id}")
  public void remove(
      @PathParam("id") String id, @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch) {
    Caller caller = callers.current();
    clouds.remove(caller, cloudId(id), Arguments.version(ifMatch));
  }

  private static boolean asAdministrator(Caller caller, String project) {
    return project == null && caller.isFederationAdmin();
  }

  private Response details(CloudDetails details) {
    return Response.ok(CloudBody.of(details, locale()))
        .tag(new EntityTag(Long.toString(details.cloud().version())))
        .build();
  }

  private Locale locale() {
    return Reader.locale(headers);
  }

  private static CloudId cloudId(String text) {
    return Arguments.id("cloud", text, CloudId::new);
  }
}
