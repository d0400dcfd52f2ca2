package io.isthmus.rest.library;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.library.ItemKind;
import io.isthmus.domain.library.Library;
import io.isthmus.domain.library.SavedItem;
import io.isthmus.rest.page.PageQuery;
import io.isthmus.rest.problem.Arguments;
import io.isthmus.rest.tenant.Projects;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What saved templates and saved policies have in common. Who may call is said by each resource
 * once more, for {@code RolesAllowed} is not inherited.
 */
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public abstract class SavedItemsResource {

  private final ItemKind kind;

  @Inject Library library;
  @Inject Callers callers;
  @Inject Projects projects;

  protected SavedItemsResource(ItemKind kind) {
    this.kind = kind;
  }

  /**
   * @param name part of the names to list, in any case
   */
  @GET
  public Response list(
      @QueryParam("project") String project,
      @QueryParam("name") String name,
      @BeanParam PageQuery page) {
    Caller caller = callers.current();
    String part = name == null ? "" : name.toLowerCase(Locale.ROOT);
    List<SavedItem> found =
        library.list(projects.named(project, caller), kind, caller).stream()
            .filter(item -> item.name().toLowerCase(Locale.ROOT).contains(part))
            .toList();
    return page.page(found, SavedItem::name, SavedBody::summary);
  }

  /** The latest version, or the one that is asked for. */
  @GET
  @Path("{name}")
  public Response show(
      @PathParam("name") String name,
      @QueryParam("project") String project,
      @QueryParam("version") String version) {
    Optional<Integer> wanted =
        Optional.ofNullable(version)
            .map(text -> Arguments.parse("version", text, Integer::parseInt));
    SavedItem found =
        versionsOf(name, project).stream()
            .filter(item -> wanted.map(number -> item.version() == number).orElse(true))
            .findFirst()
            .orElseThrow(() -> FederationFault.notFound(kind.text(), name + " " + version));
    return answer(Response.ok(), found);
  }

  @GET
  @Path("{name}/versions")
  public Response versions(
      @PathParam("name") String name,
      @QueryParam("project") String project,
      @BeanParam PageQuery page) {
    return page.page(
        versionsOf(name, project), SavedItemsResource::newestFirst, SavedBody::summary);
  }

  private static String newestFirst(SavedItem item) {
    return "%010d".formatted(Integer.MAX_VALUE - item.version());
  }

  /** Saves a version: the first without {@code If-Match}, a further one with the last's ETag. */
  @PUT
  @Path("{name}")
  public Response save(
      @PathParam("name") String name,
      @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
      @NotNull @Valid SaveRequest body) {
    Caller caller = callers.current();
    ProjectId project = projects.named(body.project(), caller);
    int seen = seen(ifMatch);
    SavedItem saved = library.save(body.toCommand(project, kind, name, seen), caller);
    return answer(Response.status(seen == 0 ? Response.Status.CREATED : Response.Status.OK), saved);
  }

  /** A number that no version has is as good as any other that is not the latest. */
  private static int seen(String ifMatch) {
    return (int) Math.min(Integer.MAX_VALUE, Arguments.version(ifMatch).orElse(0));
  }

  @DELETE
  @Path("{name}")
  public void remove(
      @PathParam("name") String name,
      @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
      @QueryParam("project") String project) {
    Caller caller = callers.current();
    library.remove(projects.named(project, caller), kind, name, Arguments.version(ifMatch), caller);
  }

  private List<SavedItem> versionsOf(String name, String project) {
    Caller caller = callers.current();
    return library.versions(projects.named(project, caller), kind, name, caller);
  }

  private static Response answer(Response.ResponseBuilder response, SavedItem item) {
    return response
        .entity(SavedBody.whole(item))
        .tag(new EntityTag(Integer.toString(item.latest())))
        .build();
  }
}
