package io.isthmus.rest.quota;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.Extent;
import io.isthmus.domain.quota.HoldingService;
import io.isthmus.domain.quota.Quota;
import io.isthmus.domain.quota.QuotaHolder;
import io.isthmus.domain.quota.QuotaService;
import io.isthmus.rest.problem.Arguments;
import io.isthmus.rest.tenant.Projects;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
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

/** What the federation itself lets tenants and projects have, over all clouds or parts of them. */
@Path("quotas")
@RequestScoped
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class QuotasResource {

  @Inject QuotaService quotas;
  @Inject HoldingService holdings;
  @Inject Callers callers;
  @Inject Projects projects;

  @GET
  public List<AllowanceBody> used(@QueryParam("project") String project) {
    Caller caller = callers.current();
    return quotas.of(projects.named(project, caller), caller).stream()
        .map(AllowanceBody::of)
        .toList();
  }

  @GET
  @Path("holdings")
  public List<HoldingBody> held(@QueryParam("project") String project) {
    Caller caller = callers.current();
    return holdings.of(projects.named(project, caller), caller).stream()
        .map(HoldingBody::of)
        .toList();
  }

  @GET
  @Path("tenants")
  public List<QuotaBody> all() {
    return quotas.uses(callers.current()).stream().map(QuotaBody::of).toList();
  }

  @GET
  @Path("tenants/{tenant}")
  public List<QuotaBody> list(@PathParam("tenant") String tenant) {
    return quotas.uses(tenant, callers.current()).stream().map(QuotaBody::of).toList();
  }

  @GET
  @Path("tenants/{tenant}/{extent}")
  public Response ofTenant(@PathParam("tenant") String tenant, @PathParam("extent") String extent) {
    return show(QuotaHolder.tenant(tenant), extent);
  }

  @PUT
  @Path("tenants/{tenant}/{extent}")
  public Response changeOfTenant(
      @PathParam("tenant") String tenant,
      @PathParam("extent") String extent,
      @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
      @NotNull @Valid QuotaChange change) {
    return change(QuotaHolder.tenant(tenant), extent, ifMatch, change);
  }

  @DELETE
  @Path("tenants/{tenant}/{extent}")
  public void removeOfTenant(
      @PathParam("tenant") String tenant,
      @PathParam("extent") String extent,
      @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch) {
    remove(QuotaHolder.tenant(tenant), extent, ifMatch);
  }

  @GET
  @Path("tenants/{tenant}/projects/{project}/{extent}")
  public Response ofProject(
      @PathParam("tenant") String tenant,
      @PathParam("project") String project,
      @PathParam("extent") String extent) {
    return show(holder(tenant, project), extent);
  }

  @PUT
  @Path("tenants/{tenant}/projects/{project}/{extent}")
  public Response changeOfProject(
      @PathParam("tenant") String tenant,
      @PathParam("project") String project,
      @PathParam("extent") String extent,
      @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
      @NotNull @Valid QuotaChange change) {
    return change(holder(tenant, project), extent, ifMatch, change);
  }

  @DELETE
  @Path("tenants/{tenant}/projects/{project}/{extent}")
  public void removeOfProject(
      @PathParam("tenant") String tenant,
      @PathParam("project") String project,
      @PathParam("extent") String extent,
      @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch) {
    remove(holder(tenant, project), extent, ifMatch);
  }

  private static QuotaHolder holder(String tenant, String project) {
    return QuotaHolder.project(
        Arguments.parse("project", tenant + "/" + project, ProjectId::parse));
  }

  private Response show(QuotaHolder holder, String extent) {
    return answer(quotas.find(holder, extent(extent), callers.current()));
  }

  /** With {@code *} in {@code If-Match} whatever is there is replaced. */
  private Response change(QuotaHolder holder, String text, String ifMatch, QuotaChange change) {
    Caller caller = callers.current();
    Extent extent = extent(text);
    long version = version(holder, extent, ifMatch, caller);
    return answer(quotas.set(holder, extent, change.maxima(), version, caller));
  }

  private void remove(QuotaHolder holder, String text, String ifMatch) {
    Caller caller = callers.current();
    Extent extent = extent(text);
    quotas.remove(holder, extent, version(holder, extent, ifMatch, caller), caller);
  }

  private long version(QuotaHolder holder, Extent extent, String ifMatch, Caller caller) {
    return Arguments.requiredVersion(ifMatch)
        .orElseGet(() -> quotas.find(holder, extent, caller).version());
  }

  private static Extent extent(String text) {
    return Arguments.parse("extent", text, Extent::parse);
  }

  private static Response answer(Quota quota) {
    return Response.ok(QuotaBody.of(quota))
        .tag(new EntityTag(Long.toString(quota.version())))
        .build();
  }
}
