package io.isthmus.rest.cloud;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.cloud.CloudDetails;
import io.isthmus.domain.cloud.CloudFacts;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.CloudService;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
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

  /** Tries every entry step by step; nothing is saved. */
  @POST
  @Path("tests")
  public List<TestBody> test(@NotNull @Valid EntryRequest request) {
    Caller caller = callers.current();
    Locale locale = locale();
    return clouds.parse(caller, request.cloudsYaml(), request.factsText()).orThrow().stream()
        .map(draft -> TestBody.of(draft, clouds.test(caller, draft), locale))
        .toList();
  }

  /** Adds every entry: a cloud with its first access, or an access to a cloud that is there. */
  @POST
  public Response add(@NotNull @Valid EntryRequest request) {
    Caller caller = callers.current();
    Locale locale = locale();
    List<CloudBody> added =
        clouds.parse(caller, request.cloudsYaml(), request.factsText()).orThrow().stream()
            .map(draft -> CloudBody.of(clouds.add(caller, draft), locale))
            .toList();
    return Response.status(Response.Status.CREATED).entity(added).build();
  }

  @PATCH
  @Path("{id}")
  public Response change(
      @PathParam("id") String id,
      @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
      @NotNull CloudChange change) {
    Caller caller = callers.current();
    CloudId cloud = cloudId(id);
    CloudDetails details = clouds.details(caller, cloud);
    requireVersion(Arguments.requiredVersion(ifMatch), details);
    if (change.name() != null || change.facts() != null) {
      String name = change.name() == null ? details.cloud().name() : change.name();
      CloudFacts facts =
          change.facts() == null
              ? details.cloud().facts()
              : clouds.parseFacts(caller, cloud, name, change.facts());
      details = clouds.change(caller, cloud, name, facts, details.cloud().version());
    }
    if (change.enabled() != null) {
      details = clouds.enable(caller, cloud, change.enabled());
    }
    return details(details);
  }

  @DELETE
  @Path("{id}")
  public void remove(
      @PathParam("id") String id, @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch) {
    Caller caller = callers.current();
    CloudId cloud = cloudId(id);
    requireVersion(Arguments.version(ifMatch), clouds.details(caller, cloud));
    clouds.remove(caller, cloud);
  }

  private static void requireVersion(OptionalLong version, CloudDetails details) {
    if (version.isPresent() && version.getAsLong() != details.cloud().version()) {
      throw new FederationFault(FaultCode.STALE_VERSION, Phrase.of("fault.stale-tag"));
    }
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
