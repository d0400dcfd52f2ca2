package io.isthmus.domain.placement;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.audit.Audited;
import io.isthmus.domain.cloud.CloudStore;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.tenant.Role;
import io.isthmus.domain.tenant.TenantService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Rules that hold for all stacks of a tenant or of the federation, and the federation's default
 * policy. Rules are added to a stack's own and can only narrow it: what they would prefer is the
 * stack's to say. Whoever is bound by them may read them.
 */
@ApplicationScoped
public class StandingPolicies {

  private StandingPolicyStore store;
  private Supplier<List<String>> members;
  private TenantService tenants;
  private final PolicyParser parser = new PolicyParser();

  @Inject
  StandingPolicies(StandingPolicyStore store, CloudStore clouds, TenantService tenants) {
    this(store, () -> clouds.clouds().stream().map(cloud -> cloud.id().text()).toList(), tenants);
  }

  StandingPolicies(
      StandingPolicyStore store, Supplier<List<String>> members, TenantService tenants) {
    this.store = store;
    this.members = members;
    this.tenants = tenants;
  }

  /** For the container's proxies. */
  protected StandingPolicies() {}

  /**
   * The rules of a scope.
   *
   * @throws FederationFault NOT_FOUND for a tenant that the caller is not of
   */
  @Audited(action = "read", target = "standing-policy")
  @Transactional
  public StandingPolicy of(PolicyScope scope, Caller caller) {
    requireReader(scope, caller);
    return store.find(scope);
  }

  /**
   * Puts other rules in their place; an empty text removes them. Plans that they exclude are stale
   * from now on; what runs stays.
   *
   * @param version the one that was read
   * @throws FederationFault POLICY_INVALID; STALE_VERSION; FORBIDDEN, NOT_FOUND
   */
  @Audited(action = "update", target = "standing-policy")
  @Transactional
  public StandingPolicy change(PolicyScope scope, String text, long version, Caller caller) {
    requireWriter(scope, caller);
    check(scope, parser.parse(text, scope));
    if (!store.put(scope, text, version, caller.name())) {
      throw new FederationFault(
          FaultCode.STALE_VERSION, Phrase.of("placement.standing.stale", scope.label()));
    }
    return store.find(scope);
  }

  /** A stack's policy with the rules that its tenant and the federation add. */
  PlacementPolicy bind(PlacementPolicy own, ProjectId project) {
    List<PolicyRule> rules = new ArrayList<>(own.rules());
    for (PolicyScope scope : List.of(PolicyScope.tenantOf(project), PolicyScope.FEDERATION)) {
      for (PolicyRule rule : parser.parse(store.find(scope).text(), scope).rules()) {
        rules.add(rule.named(rule.name() + " (" + scope.label() + ")"));
      }
    }
    return new PlacementPolicy(rules, own.preferences());
  }

  /** The policy of stacks that name none, when their project has no default. */
  String federationDefault() {
    return store.find(PolicyScope.DEFAULT).text();
  }

  /** Where a region must lie for more than names and ids of what is there to be mirrored. */
  public Residency mirrored() {
    PolicyScope scope = PolicyScope.FEDERATION;
    return parser.parse(store.find(scope).text(), scope).mirrored();
  }

  private void requireReader(PolicyScope scope, Caller caller) {
    if (scope.tenant().isPresent() && !caller.isFederationAdmin()) {
      String tenant = scope.tenant().get();
      if (tenants.projects(caller).stream().noneMatch(held -> isOf(held.project(), tenant))) {
        throw FederationFault.notFound("tenant", tenant);
      }
    }
  }

  /** Whether the caller may change the rules of a scope. */
  @Transactional
  public boolean mayChange(PolicyScope scope, Caller caller) {
    return caller.isFederationAdmin()
        || scope.tenant().isPresent()
            && tenants.projects(caller).stream()
                .filter(held -> isOf(held.project(), scope.tenant().get()))
                .anyMatch(held -> held.allow(Role.ADMIN));
  }

  private void requireWriter(PolicyScope scope, Caller caller) {
    requireReader(scope, caller);
    if (!mayChange(scope, caller)) {
      throw new FederationFault(
          FaultCode.FORBIDDEN,
          Phrase.of(
              scope.tenant().isPresent()
                  ? "placement.standing.tenant-admin-needed"
                  : "access.federation-admin-needed",
              caller.name(),
              scope.label()));
    }
  }

  private static boolean isOf(ProjectId project, String tenant) {
    return project.tenant().equals(tenant);
  }

  private void check(PolicyScope scope, PlacementPolicy policy) {
    List<Violation> violations = new ArrayList<>();
    if (!scope.equals(PolicyScope.DEFAULT) && !policy.preferences().equals(Preferences.NONE)) {
      violations.add(
          Violation.at(
              "prefer",
              Phrase.of("placement.standing.prefer"),
              Phrase.of("placement.standing.prefer-remedy")));
    }
    List<String> known = members.get();
    for (int i = 0; i < policy.rules().size(); i++) {
      PolicyRule rule = policy.rules().get(i);
      if (!scope.equals(PolicyScope.DEFAULT) && rule.needs().leavesOut()) {
        violations.add(
            new Violation(
                "rules." + i + ".require",
                rule.line(),
                rule.column(),
                Phrase.of("placement.standing.leave-out", rule.name()),
                Optional.of(Phrase.of("placement.standing.leave-out-remedy"))));
      }
      List<String> named = new ArrayList<>(rule.clouds().anyOf());
      named.addAll(rule.clouds().noneOf());
      for (String cloud : named) {
        if (!known.contains(cloud)) {
          violations.add(
              new Violation(
                  "rules." + i + ".clouds",
                  rule.line(),
                  rule.column(),
                  Phrase.of("placement.policy.cloud-unknown", rule.name(), cloud),
                  Optional.of(Phrase.of("placement.policy.one-of", String.join(", ", known)))));
        }
      }
    }
    if (!violations.isEmpty()) {
      throw new FederationFault(
          FaultCode.POLICY_INVALID,
          Phrase.of("placement.policy.invalid", violations.size()),
          violations);
    }
  }
}
