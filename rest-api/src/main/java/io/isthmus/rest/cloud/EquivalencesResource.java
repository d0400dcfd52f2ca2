package io.isthmus.rest.cloud;

import io.isthmus.domain.access.Callers;
import io.isthmus.domain.cloud.CloudService;
import io.isthmus.domain.cloud.Equivalence;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.rest.page.PageQuery;
import io.isthmus.rest.page.Tags;
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
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** Which flavors, images, networks and volume types mean the same in different clouds. */
@Path("equivalences")
@RequestScoped
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class EquivalencesResource {

  @Inject CloudService clouds;
  @Inject Callers callers;

  @GET
  public Response list(
      @QueryParam("kind") String kind,
      @QueryParam("cloud") String cloud,
      @BeanParam PageQuery page) {
    List<EquivalenceBody> found =
        clouds.equivalences(callers.current()).stream()
            .map(EquivalenceBody::of)
            .filter(body -> kind == null || body.kind().equals(kind))
            .filter(body -> cloud == null || body.cloud().equals(cloud))
            .toList();
    return page.page(
        found, body -> body.kind() + "/" + body.name() + "/" + body.cloud(), Function.identity());
  }

  @GET
  @Path("{kind}/{name}/{cloud}")
  public Response show(
      @PathParam("kind") String kind,
      @PathParam("name") String name,
      @PathParam("cloud") String cloud) {
    Equivalence wanted = equivalence(kind, name, cloud);
    return clouds.equivalences(callers.current()).stream()
        .filter(found -> found.isOfSameNameAs(wanted))
        .findFirst()
        .map(EquivalenceBody::of)
        .map(body -> Response.ok(body).build())
        .orElseThrow(() -> FederationFault.notFound("equivalence", name + " → " + cloud));
  }

  /**
   * Declares one: without {@code If-Match} where none is, else with the ETag of the one that it
   * replaces.
   */
  @PUT
  public Response declare(
      @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch, @NotNull @Valid EquivalenceBody body) {
    AtomicBoolean replaced = new AtomicBoolean();
    clouds.declare(
        callers.current(),
        body.toEquivalence(),
        before -> {
          replaced.set(before.isPresent());
          requireSeen(ifMatch, before);
        });
    return Response.status(replaced.get() ? Response.Status.OK : Response.Status.CREATED)
        .entity(body)
        .tag(Tags.of(body))
        .build();
  }

  private static void requireSeen(String ifMatch, Optional<Equivalence> before) {
    if (ifMatch == null && before.isPresent()) {
      throw new FederationFault(
          FaultCode.PRECONDITION_REQUIRED, Phrase.of("fault.if-match-needed"));
    }
    boolean seen =
        ifMatch == null
            || before
                .filter(one -> Tags.matches(Tags.of(EquivalenceBody.of(one)), ifMatch))
                .isPresent();
    if (!seen) {
      throw new FederationFault(FaultCode.STALE_VERSION, Phrase.of("fault.stale-tag"));
    }
  }

  @DELETE
  @Path("{kind}/{name}/{cloud}")
  public void withdraw(
      @PathParam("kind") String kind,
      @PathParam("name") String name,
      @PathParam("cloud") String cloud,
      @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch) {
    clouds.withdraw(
        callers.current(),
        equivalence(kind, name, cloud),
        before -> {
          if (ifMatch != null) {
            requireSeen(ifMatch, Optional.of(before));
          }
        });
  }

  private static Equivalence equivalence(String kind, String name, String cloud) {
    return new EquivalenceBody(kind, name, cloud, null).toEquivalence();
  }
}
