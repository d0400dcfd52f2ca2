package io.isthmus.rest.cloud;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudAccessService;
import io.isthmus.domain.cloud.CloudDetails;
import io.isthmus.domain.cloud.CloudDraft;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.CloudQuotaService;
import io.isthmus.domain.cloud.CloudService;
import io.isthmus.domain.cloud.ConnectionCheck;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.rest.page.PageQuery;
import io.isthmus.rest.problem.Arguments;
import io.isthmus.rest.problem.Reader;
import io.isthmus.rest.quota.QuotaChange;
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
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Every project's way into a cloud; for administrators of the federation. */
@Path("clouds/{id}/accesses")
@RequestScoped
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class AccessesResource {

  @Inject CloudAccessService accesses;
  @Inject CloudService clouds;
  @Inject CloudQuotaService quotas;
  @Inject Callers callers;
  @Context HttpHeaders headers;

  @GET
  public Response list(@PathParam("id") String id, @BeanParam PageQuery page) {
    Locale locale = Reader.locale(headers);
    return page.page(
        clouds.details(callers.current(), cloudId(id)).accesses(),
        access -> access.access().project().toString(),
        access -> CloudBody.AccessBody.of(access, locale));
  }

  /** Replaces regions and credential, or gives the project its access. */
  @PUT
  @Path("{tenant}/{project}")
  public Response put(
      @PathParam("id") String id,
      @PathParam("tenant") String tenant,
      @PathParam("project") String project,
      @NotNull @Valid EntryRequest request) {
    Caller caller = callers.current();
    CloudId cloud = cloudId(id);
    ProjectId of = projectId(tenant, project);
    boolean isNew = accesses.put(caller, of, cloud, only(caller, request));
    CloudDetails.AccessDetails saved =
        clouds.details(caller, cloud).accesses().stream()
            .filter(access -> access.access().project().equals(of))
            .findFirst()
            .orElseThrow(() -> FederationFault.notFound("access", of + " → " + cloud));
    return Response.status(isNew ? Response.Status.CREATED : Response.Status.OK)
        .entity(CloudBody.AccessBody.of(saved, Reader.locale(headers)))
        .build();
  }

  @DELETE
  @Path("{tenant}/{project}")
  public void remove(
      @PathParam("id") String id,
      @PathParam("tenant") String tenant,
      @PathParam("project") String project) {
    accesses.remove(callers.current(), projectId(tenant, project), cloudId(id));
  }

  /** Tries the saved access step by step, or what an entry would put in its place. */
  @POST
  @Path("{tenant}/{project}/tests")
  public TestBody test(
      @PathParam("id") String id,
      @PathParam("tenant") String tenant,
      @PathParam("project") String project,
      @Valid EntryRequest request) {
    Caller caller = callers.current();
    CloudId cloud = cloudId(id);
    ProjectId of = projectId(tenant, project);
    Optional<CloudDraft> draft = Optional.ofNullable(request).map(given -> only(caller, given));
    List<ConnectionCheck> checks = accesses.test(caller, of, cloud, draft, told -> {});
    return TestBody.of(
        draft.map(CloudDraft::entry).orElse(null), cloud, of, checks, Reader.locale(headers));
  }

  /** Sets what the cloud itself lets the OpenStack project have. */
  @PUT
  @Path("{tenant}/{project}/quotas/{region}")
  public void setQuota(
      @PathParam("id") String id,
      @PathParam("tenant") String tenant,
      @PathParam("project") String project,
      @PathParam("region") String region,
      @NotNull @Valid QuotaChange change) {
    quotas.set(callers.current(), projectId(tenant, project), cloudId(id), region, change.maxima());
  }

  private CloudDraft only(Caller caller, EntryRequest request) {
    List<CloudDraft> drafts =
        clouds
            .parse(caller, request.cloudsYaml(), request.factsText())
            .only(request.chosen())
            .orThrow();
    if (drafts.size() != 1) {
      Phrase phrase = Phrase.of("fault.one-entry", drafts.size());
      throw FederationFault.invalid("clouds_yaml", phrase);
    }
    return drafts.get(0);
  }

  private static CloudId cloudId(String text) {
    return Arguments.id("cloud", text, CloudId::new);
  }

  private static ProjectId projectId(String tenant, String project) {
    return Arguments.id("project", tenant + "/" + project, ProjectId::parse);
  }
}
