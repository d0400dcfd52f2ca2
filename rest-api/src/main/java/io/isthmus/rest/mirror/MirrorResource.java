package io.isthmus.rest.mirror;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.mirror.Mirror;
import io.isthmus.domain.mirror.MirrorAge;
import io.isthmus.domain.mirror.MirrorKind;
import io.isthmus.domain.mirror.MirrorOrder;
import io.isthmus.domain.mirror.MirrorPage;
import io.isthmus.domain.mirror.MirrorQuery;
import io.isthmus.rest.page.PageQuery;
import io.isthmus.rest.problem.Arguments;
import io.isthmus.rest.problem.Reader;
import io.isthmus.rest.tenant.Projects;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
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
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What projects have in clouds. An administrator of the federation who names no project sees how
 * old what is known of each cloud is.
 */
@Path("mirror")
@RequestScoped
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
public class MirrorResource {

  @Inject Mirror mirror;
  @Inject Callers callers;
  @Inject Projects projects;
  @Context HttpHeaders headers;

  @GET
  public List<MirrorAgeBody> ages(
      @QueryParam("project") String project, @QueryParam("cloud") String cloud) {
    Caller caller = callers.current();
    Locale locale = Reader.locale(headers);
    boolean administers = project == null && caller.isFederationAdmin();
    Optional<CloudId> wanted = cloud(cloud);
    List<MirrorAge> ages =
        administers
            ? mirror.agesOfAll(wanted, caller)
            : mirror.ages(projects.named(project, caller), caller).stream()
                .filter(age -> wanted.map(age.cloud()::equals).orElse(true))
                .toList();
    return ages.stream().map(age -> MirrorAgeBody.of(age, administers, locale)).toList();
  }

  @GET
  @Path("resources")
  public Response list(
      @QueryParam("kind") @DefaultValue("") String kind,
      @QueryParam("project") String project,
      @QueryParam("cloud") String cloud,
      @QueryParam("region") String region,
      @QueryParam("status") String status,
      @QueryParam("name") String name,
      @QueryParam("address") String address,
      @QueryParam("stack") String stack,
      @QueryParam("sort") String sort,
      @BeanParam PageQuery page) {
    MirrorQuery query =
        new MirrorQuery(
            Arguments.oneOf(
                "kind",
                kind,
                MirrorKind::parse,
                Stream.of(MirrorKind.values()).map(MirrorKind::text)),
            cloud(cloud),
            given(region),
            given(status),
            given(name),
            given(address),
            given(stack).map(text -> Arguments.parse("stack", text, MirrorResource::isOurs)),
            given(sort)
                .map(text -> Arguments.parse("sort", text, MirrorOrder::parse))
                .orElse(MirrorOrder.NAME));
    Caller caller = callers.current();
    MirrorPage found =
        mirror.page(projects.named(project, caller), query, page.cursor(), page.limit(), caller);
    return page.answer(
        found.items().stream().map(MirroredBody::listed).toList(), "cursor", found.next());
  }

  @GET
  @Path("resources/{cloud}/{region}/{kind}/{id}")
  public MirroredBody show(
      @PathParam("cloud") String cloud,
      @PathParam("region") String region,
      @PathParam("kind") String kind,
      @PathParam("id") String id,
      @QueryParam("project") String project) {
    Caller caller = callers.current();
    return MirroredBody.whole(
        mirror.find(
            projects.named(project, caller),
            Arguments.id("cloud", cloud, CloudId::new),
            region,
            Arguments.id("kind of resource", kind, MirrorKind::parse),
            id,
            caller));
  }

  @GET
  @Path("strays")
  public List<MirroredBody> strays(@QueryParam("cloud") String cloud, @BeanParam PageQuery page) {
    return mirror.strays(cloud(cloud), page.limit(), callers.current()).stream()
        .map(MirroredBody::listed)
        .toList();
  }

  private static Optional<CloudId> cloud(String text) {
    return given(text).map(id -> Arguments.parse("cloud", id, CloudId::new));
  }

  private static Optional<String> given(String text) {
    return Optional.ofNullable(text).filter(value -> !value.isEmpty());
  }

  private static Boolean isOurs(String text) {
    return switch (text) {
      case "ours" -> true;
      case "others" -> false;
      default -> throw new IllegalArgumentException("neither ours nor others");
    };
  }
}
