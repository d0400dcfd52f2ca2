package io.isthmus.domain.insurance;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.audit.Audited;
import io.isthmus.domain.audit.AuditedId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.insurance.InsuranceStore.Scope;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.LostResource;
import io.isthmus.domain.tenant.ProjectRoles;
import io.isthmus.domain.tenant.TenantService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Tells what would be if a cloud vanished, as it was counted last. People see what would become of
 * their own projects' stacks; administrators and auditors of the federation, of all.
 */
@ApplicationScoped
public class InsuranceService {

  /** Most stacks of one page. */
  public static final int MOST = 500;

  private static final int PARTS_OF_CURSOR = 4;

  private InsuranceStore store;
  private TenantService tenants;
  private Clock clock;

  @Inject
  InsuranceService(InsuranceStore store, TenantService tenants) {
    this(store, tenants, Clock.systemUTC());
  }

  InsuranceService(InsuranceStore store, TenantService tenants, Clock clock) {
    this.store = store;
    this.tenants = tenants;
    this.clock = clock;
  }

  /** For the container's proxies. */
  protected InsuranceService() {}

  /**
   * Cloud by cloud; without being an administrator or auditor of the federation, those in which the
   * caller's projects have something.
   *
   * @param project only of its stacks; empty for all that the caller may see
   * @throws FederationFault NOT_FOUND when the project is not one of the caller's
   */
  @Audited(action = "read/list", target = "insurance")
  @Transactional
  public List<Insurance> list(Optional<ProjectId> project, Caller caller) {
    return store.list(scope(project, caller), Optional.empty(), clock.instant());
  }

  /**
   * The same as {@link #list} for pages that draw themselves anew, which is no reading of its own.
   *
   * @throws FederationFault NOT_FOUND when the project is not one of the caller's
   */
  @Transactional
  public List<Insurance> glance(Optional<ProjectId> project, Caller caller) {
    return store.list(scope(project, caller), Optional.empty(), clock.instant());
  }

  /**
   * One cloud, with what would become of each stack.
   *
   * @param project only of its stacks; empty for all that the caller may see
   * @param outcome only stacks in which something has it; empty for all
   * @param cursor {@link InsurancePage#next} of the page before; empty for the first
   * @param limit 1 to {@link #MOST}
   * @throws FederationFault NOT_FOUND when there is no such cloud, or nothing of the caller's is in
   *     it; REQUEST_INVALID
   */
  @Audited(action = "read", target = "insurance")
  @Transactional
  public InsurancePage page(
      @AuditedId CloudId cloud,
      Optional<ProjectId> project,
      Optional<LostResource.Outcome> outcome,
      Optional<String> cursor,
      int limit,
      Caller caller) {
    if (limit < 1 || limit > MOST) {
      throw FederationFault.invalid("limit", Phrase.of("fault.page-limit", limit, MOST));
    }
    Scope scope = scope(project, caller);
    List<String> after = cursor.map(InsuranceService::position).orElse(List.of());
    Insurance insurance =
        store.list(scope, Optional.of(cloud), clock.instant()).stream()
            .findFirst()
            .orElseThrow(() -> FederationFault.notFound("cloud", cloud.text()));
    List<InsuredStack> found = store.stacks(cloud, scope, outcome, after, limit + 1);
    List<InsuredStack> shown = found.subList(0, Math.min(limit, found.size()));
    return new InsurancePage(
        insurance,
        shown,
        found.size() > limit ? Optional.of(cursor(shown.get(limit - 1))) : Optional.empty());
  }

  private Scope scope(Optional<ProjectId> project, Caller caller) {
    if (project.isPresent()) {
      if (!caller.isFederationAuditor()) {
        tenants.requireReader(caller, project.get());
      }
      return new Scope(false, List.of(project.get()));
    }
    return caller.isFederationAuditor()
        ? Scope.ALL
        : new Scope(false, tenants.projects(caller).stream().map(ProjectRoles::project).toList());
  }

  private static String cursor(InsuredStack last) {
    String text =
        String.join(
            "\n",
            last.project().tenant(),
            last.project().project(),
            last.name(),
            last.stack().toString());
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> position(String cursor) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      List<String> parts = List.of(text.split("\n", -1));
      if (parts.size() != PARTS_OF_CURSOR || text.indexOf('\0') >= 0) {
        throw new IllegalArgumentException("no cursor");
      }
      UUID.fromString(parts.get(PARTS_OF_CURSOR - 1));
      return parts;
    } catch (IllegalArgumentException e) {
      throw FederationFault.invalid("cursor", Phrase.of("fault.page-cursor"));
    }
  }
}
