package io.isthmus.rest.usage;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.usage.BudgetChange;
import io.isthmus.domain.usage.BudgetState;
import io.isthmus.domain.usage.Budgets;
import io.isthmus.rest.problem.Arguments;
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
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.util.List;

/** What projects may spend. */
@Path("budgets")
@RequestScoped
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class BudgetsResource {

  @Inject Budgets budgets;
  @Inject Callers callers;

  /**
   * Another budget.
   *
   * @param warnAt per cent of the amount; none when absent
   */
  public record Change(
      @NotNull BigDecimal amount,
      @NotNull String currency,
      List<@NotNull Integer> warnAt,
      boolean hardStop) {
    BudgetChange toDomain() {
      return new BudgetChange(amount, currency, warnAt == null ? List.of() : warnAt, hardStop);
    }
  }

  @GET
  public List<BudgetBody> list() {
    return budgets.list(callers.current()).stream().map(BudgetBody::of).toList();
  }

  @GET
  @Path("{tenant}/{project}")
  public Response show(@PathParam("tenant") String tenant, @PathParam("project") String project) {
    ProjectId id = id(tenant, project);
    return answer(
        budgets
            .find(id, callers.current())
            .orElseThrow(() -> FederationFault.notFound("budget", id.toString())));
  }

  /** With {@code *} in {@code If-Match} whatever is there is replaced. */
  @PUT
  @Path("{tenant}/{project}")
  public Response set(
      @PathParam("tenant") String tenant,
      @PathParam("project") String project,
      @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
      @NotNull @Valid Change change) {
    Caller caller = callers.current();
    ProjectId id = id(tenant, project);
    return answer(budgets.set(id, change.toDomain(), version(id, ifMatch, caller), caller));
  }

  @DELETE
  @Path("{tenant}/{project}")
  public void remove(
      @PathParam("tenant") String tenant,
      @PathParam("project") String project,
      @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch) {
    Caller caller = callers.current();
    ProjectId id = id(tenant, project);
    budgets.remove(id, version(id, ifMatch, caller), caller);
  }

  private long version(ProjectId id, String ifMatch, Caller caller) {
    return Arguments.requiredVersion(ifMatch)
        .orElseGet(
            () -> budgets.find(id, caller).map(state -> state.budget().version()).orElse(0L));
  }

  private static ProjectId id(String tenant, String project) {
    return Arguments.id("project", tenant + "/" + project, ProjectId::parse);
  }

  private static Response answer(BudgetState state) {
    return Response.ok(BudgetBody.of(state))
        .tag(new EntityTag(Long.toString(state.budget().version())))
        .build();
  }
}
