package io.isthmus.domain.library;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.audit.Audited;
import io.isthmus.domain.audit.AuditedId;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.PolicyParser;
import io.isthmus.domain.placement.ProjectDefaults;
import io.isthmus.domain.template.Environment;
import io.isthmus.domain.template.EnvironmentParser;
import io.isthmus.domain.template.HotParser;
import io.isthmus.domain.template.HotTemplate;
import io.isthmus.domain.tenant.TenantService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Templates and policies that a project keeps. A version never changes; saving under a name that is
 * there adds one. What is saved has no mistake in it that reading can find. Another tenant's
 * project looks like a missing one.
 */
@ApplicationScoped
public class Library implements ProjectDefaults {

  private LibraryStore store;
  private TenantService tenants;

  @Inject
  Library(LibraryStore store, TenantService tenants) {
    this.store = store;
    this.tenants = tenants;
  }

  /** For the container's proxies. */
  protected Library() {}

  /**
   * The latest version of each item of a kind, by name.
   *
   * @throws FederationFault NOT_FOUND when the caller has no role in the project
   */
  @Audited(action = "read/list", target = "library")
  @Transactional
  public List<SavedItem> list(ProjectId project, @AuditedId ItemKind kind, Caller caller) {
    tenants.requireReader(caller, project);
    return store.list(project, kind);
  }

  /**
   * Every version of an item, the newest first.
   *
   * @throws FederationFault NOT_FOUND
   */
  @Audited(action = "read", target = "library")
  @Transactional
  public List<SavedItem> versions(
      ProjectId project, @AuditedId ItemKind kind, @AuditedId String name, Caller caller) {
    tenants.requireReader(caller, project);
    List<SavedItem> versions = store.versions(project, kind, name);
    if (versions.isEmpty()) {
      throw FederationFault.notFound(kind.text(), name);
    }
    return versions;
  }

  /**
   * Saves a version.
   *
   * @throws FederationFault TEMPLATE_INVALID, POLICY_INVALID, or PARAMETER_INVALID for the
   *     environment, also when it tells a hidden parameter's value; TOO_LARGE; NAME_TAKEN when the
   *     name should be new; STALE_VERSION when somebody else saved meanwhile; NOT_FOUND, FORBIDDEN
   */
  @Audited(action = "update", target = "library")
  @Transactional
  public SavedItem save(SaveItem item, Caller caller) {
    tenants.requireMember(caller, item.project());
    switch (item.kind()) {
      case TEMPLATE -> {
        Environment environment = new EnvironmentParser().parse(item.environment());
        HotTemplate template = new HotParser().parse(item.source().with(environment.registry()));
        environment.check(template);
        environment.requireNothingHidden(template);
      }
      case POLICY -> new PolicyParser().parse(item.source().text());
    }
    if (store.add(item, caller.name()).isEmpty()) {
      throw item.seen() == 0
          ? new FederationFault(FaultCode.NAME_TAKEN, Phrase.of("library.name-taken", item.name()))
          : new FederationFault(
              FaultCode.STALE_VERSION, Phrase.of("library.stale", item.name(), item.seen()));
    }
    return store.versions(item.project(), item.kind(), item.name()).get(0);
  }

  /**
   * Removes an item with all its versions. Stacks made from it keep their own copy.
   *
   * @param seen its latest version as the caller knows it; empty when any may go
   * @throws FederationFault CONFLICT when it is the project's default; STALE_VERSION when somebody
   *     saved meanwhile; NOT_FOUND, FORBIDDEN
   */
  @Audited(action = "delete", target = "library")
  @Transactional
  public void remove(
      ProjectId project,
      @AuditedId ItemKind kind,
      @AuditedId String name,
      OptionalLong seen,
      Caller caller) {
    tenants.requireMember(caller, project);
    if (versions(project, kind, name, caller).get(0).isDefault()) {
      throw new FederationFault(FaultCode.CONFLICT, Phrase.of("library.is-default", name));
    }
    if (!store.remove(project, kind, name, seen)) {
      throw new FederationFault(FaultCode.STALE_VERSION, Phrase.of("fault.stale-tag"));
    }
  }

  /**
   * Chooses the policy of stacks that name none.
   *
   * @param name a saved policy, whose latest version counts each time; empty for the federation's
   * @throws FederationFault NOT_FOUND, FORBIDDEN
   */
  @Audited(action = "update/default", target = "library")
  @Transactional
  public void makeDefault(ProjectId project, @AuditedId Optional<String> name, Caller caller) {
    tenants.requireMember(caller, project);
    if (!store.makeDefault(project, name)) {
      throw FederationFault.notFound(ItemKind.POLICY.text(), name.orElse(""));
    }
  }

  @Override
  public Optional<String> policyOf(ProjectId project) {
    return store.defaultPolicy(project).map(policy -> policy.source().text());
  }
}
