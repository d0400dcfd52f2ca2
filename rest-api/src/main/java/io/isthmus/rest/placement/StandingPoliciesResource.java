package io.isthmus.rest.placement;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.placement.PolicyScope;
import io.isthmus.domain.placement.StandingPolicies;
import io.isthmus.domain.placement.StandingPolicy;
import io.isthmus.rest.problem.Arguments;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/**
 * Rules that hold for all stacks of the federation or of a tenant, and the federation's default
 * policy.
 */
@Path("standing-policies")
@RequestScoped
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class StandingPoliciesResource {

  @Inject StandingPolicies policies;
  @Inject Callers callers;

  @GET
  @Path("federation")
  public Response federation() {
    return show(PolicyScope.FEDERATION);
  }

  @PUT
  @Path("federation")
  public Response changeFederation(
      @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
      @NotNull @Valid StandingPolicyChange change) {
    return change(PolicyScope.FEDERATION, ifMatch, change);
  }

  @GET
  @Path("default")
  public Response standard() {
    return show(PolicyScope.DEFAULT);
  }

  @PUT
  @Path("default")
  public Response changeDefault(
      @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
      @NotNull @Valid StandingPolicyChange change) {
    return change(PolicyScope.DEFAULT, ifMatch, change);
  }

  @GET
  @Path("tenants/{tenant}")
  public Response tenant(@PathParam("tenant") String tenant) {
    return show(PolicyScope.tenant(tenant));
  }

  @PUT
  @Path("tenants/{tenant}")
  public Response changeTenant(
      @PathParam("tenant") String tenant,
      @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
      @NotNull @Valid StandingPolicyChange change) {
    return change(PolicyScope.tenant(tenant), ifMatch, change);
  }

  private Response show(PolicyScope scope) {
    return answer(policies.of(scope, callers.current()));
  }

  /** With {@code *} in {@code If-Match} whatever is there is replaced. */
  private Response change(PolicyScope scope, String ifMatch, StandingPolicyChange change) {
    Caller caller = callers.current();
    long version =
        Arguments.requiredVersion(ifMatch).orElseGet(() -> policies.of(scope, caller).version());
    return answer(policies.change(scope, change.text(), version, caller));
  }

  private static Response answer(StandingPolicy policy) {
    return Response.ok(StandingPolicyBody.of(policy))
        .tag(new EntityTag(Long.toString(policy.version())))
        .build();
  }
}
