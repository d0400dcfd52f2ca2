package io.isthmus.rest.image;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.image.ImageChange;
import io.isthmus.domain.image.ImageId;
import io.isthmus.domain.image.Images;
import io.isthmus.domain.image.NewImage;
import io.isthmus.domain.image.ProjectImage;
import io.isthmus.domain.language.Phrase;
import io.isthmus.rest.page.PageQuery;
import io.isthmus.rest.problem.Arguments;
import io.isthmus.rest.problem.Problems;
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
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Images that a project keeps. Their content is sent to their file by the tus protocol.
 *
 * @see "tus resumable upload protocol 1.0.0, core"
 */
@Path("project-images")
@RequestScoped
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ImagesResource {

  /** Of a piece of content, as tus has it. */
  static final String PIECE = "application/offset+octet-stream";

  private static final String TUS = "Tus-Resumable";
  private static final String TUS_VERSION = "1.0.0";
  private static final String OFFSET = "Upload-Offset";
  private static final String LENGTH = "Upload-Length";

  @Inject Images images;
  @Inject Callers callers;
  @Inject Projects projects;
  @Context UriInfo uri;
  @Context HttpHeaders headers;

  /**
   * What is to be kept.
   *
   * @param project {@code tenant/project}; the caller's own first project when left out
   * @param size bytes that the content will have; needed unless it stands at an address
   * @param url at which the content stands, so that nothing is to be sent; with it a digest is
   *     needed
   * @param minDisk GiB; 0 when left out
   * @param minRam MiB; 0 when left out
   */
  public record Added(
      String project,
      @NotNull String name,
      @NotNull String diskFormat,
      Long size,
      String url,
      String description,
      Long minDisk,
      Long minRam,
      Map<String, String> properties,
      String sha256,
      String sha512,
      Boolean removeUnused) {

    private long length() {
      if (size == null && url == null) {
        Phrase missing = Phrase.of("fault.missing-field", "size");
        throw FederationFault.invalid("size", missing);
      }
      return Optional.ofNullable(size).orElse(0L);
    }
  }

  /** What shall be otherwise; what is left out stays. */
  public record Changed(
      String name,
      String description,
      Boolean removeUnused,
      Long minDisk,
      Long minRam,
      Map<String, String> properties) {}

  @GET
  public Response list(@QueryParam("project") String project, @BeanParam PageQuery page) {
    Caller caller = callers.current();
    Locale locale = Reader.locale(headers);
    return page.page(
        images.list(projects.named(project, caller), caller),
        kept -> kept.image().name() + " " + kept.image().id(),
        kept -> ProjectImageBody.of(kept, locale));
  }

  @POST
  public Response add(@NotNull @Valid Added added) {
    Caller caller = callers.current();
    ProjectId project = projects.named(added.project(), caller);
    ProjectImage image =
        images.add(
            new NewImage(
                project,
                added.name(),
                Optional.ofNullable(added.description()).orElse(""),
                added.diskFormat(),
                Optional.ofNullable(added.minDisk()).orElse(0L),
                Optional.ofNullable(added.minRam()).orElse(0L),
                properties(added.properties()).orElse(Map.of()),
                added.length(),
                Optional.ofNullable(added.sha256()),
                Optional.ofNullable(added.sha512()),
                Boolean.TRUE.equals(added.removeUnused()),
                Optional.ofNullable(added.url())),
            caller);
    return Response.created(
            uri.getAbsolutePathBuilder()
                .segment(image.id().toString())
                .queryParam("project", project)
                .build())
        .entity(body(project, image.id(), caller))
        .build();
  }

  @GET
  @Path("{id}")
  public ProjectImageBody show(@PathParam("id") String id, @QueryParam("project") String project) {
    Caller caller = callers.current();
    return body(projects.named(project, caller), ImageId.parse(id), caller);
  }

  /** Its content never changes, so that there is no version to be asked for. */
  @PATCH
  @Path("{id}")
  public ProjectImageBody change(
      @PathParam("id") String id, @QueryParam("project") String named, @NotNull Changed change) {
    Caller caller = callers.current();
    ProjectId project = projects.named(named, caller);
    images.change(
        project,
        ImageId.parse(id),
        new ImageChange(
            Optional.ofNullable(change.name()),
            Optional.ofNullable(change.description()),
            Optional.ofNullable(change.removeUnused()),
            Optional.ofNullable(change.minDisk()),
            Optional.ofNullable(change.minRam()),
            properties(change.properties())),
        caller);
    return body(project, ImageId.parse(id), caller);
  }

  @DELETE
  @Path("{id}")
  public void remove(@PathParam("id") String id, @QueryParam("project") String project) {
    Caller caller = callers.current();
    images.remove(projects.named(project, caller), ImageId.parse(id), caller);
  }

  @DELETE
  @Path("{id}/copies/{copy}")
  public void removeCopy(
      @PathParam("id") String id,
      @PathParam("copy") String copy,
      @QueryParam("project") String project) {
    Caller caller = callers.current();
    images.removeCopy(projects.named(project, caller), ImageId.parse(id), copy, caller);
  }

  /** How much of the content is here. */
  @HEAD
  @Path("{id}/file")
  public Response offset(@PathParam("id") String id, @QueryParam("project") String project) {
    Caller caller = callers.current();
    return answer(
        images.progress(projects.named(project, caller), ImageId.parse(id), caller),
        Response.Status.OK);
  }

  /** Takes a piece in; what came before a connection broke counts. */
  @PATCH
  @Path("{id}/file")
  @Consumes(PIECE)
  public Response append(
      @PathParam("id") String id,
      @QueryParam("project") String project,
      @HeaderParam(TUS) String version,
      @HeaderParam(OFFSET) String offset,
      InputStream piece) {
    if (version != null && !version.equals(TUS_VERSION)) {
      return otherProtocol(version);
    }
    if (offset == null) {
      Phrase missing = Phrase.of("fault.missing-field", OFFSET);
      throw FederationFault.invalid(OFFSET, missing);
    }
    Caller caller = callers.current();
    return answer(
        images.append(
            projects.named(project, caller),
            ImageId.parse(id),
            Arguments.parse(OFFSET, offset, Long::parseUnsignedLong),
            piece,
            caller),
        Response.Status.NO_CONTENT);
  }

  /**
   * @see "tus resumable upload protocol 1.0.0: Tus-Resumable"
   */
  private Response otherProtocol(String version) {
    Phrase other = Phrase.of("image.tus-version", version, TUS_VERSION);
    FederationFault fault = FederationFault.invalid(TUS, other);
    Response problem =
        Problems.of(
            fault,
            Response.Status.PRECONDITION_FAILED.getStatusCode(),
            fault.details(),
            Reader.locale(headers),
            uri.getRequestUri().getRawPath());
    return Response.fromResponse(problem).header("Tus-Version", TUS_VERSION).build();
  }

  private static Response answer(Images.Progress progress, Response.Status status) {
    return Response.status(status)
        .header(TUS, TUS_VERSION)
        .header(OFFSET, progress.offset())
        .header(LENGTH, progress.length())
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  /** A null among them is what JSON can say and an image cannot have. */
  private static Optional<Map<String, String>> properties(Map<String, String> given) {
    if (given != null && given.containsValue(null)) {
      Phrase none = Phrase.of("fault.bad-argument", "properties", "null");
      throw FederationFault.invalid("properties", none);
    }
    return Optional.ofNullable(given);
  }

  private ProjectImageBody body(ProjectId project, ImageId id, Caller caller) {
    return ProjectImageBody.of(images.find(project, id, caller), Reader.locale(headers));
  }
}
