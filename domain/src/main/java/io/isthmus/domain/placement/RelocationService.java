package io.isthmus.domain.placement;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.FederationService;
import io.isthmus.domain.network.AddressBook;
import io.isthmus.domain.template.ResourceGraph;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Finds another place, with all rules and clouds as they are now. Calls no cloud, keeps nothing.
 */
@ApplicationScoped
public class RelocationService {

  private FederationService federation;
  private StandingPolicies standing;
  private AddressBook addresses;
  private final Planner planner = new Planner();
  private final PolicyParser policies = new PolicyParser();

  @Inject
  RelocationService(
      FederationService federation, StandingPolicies standing, AddressBook addresses) {
    this.federation = federation;
    this.standing = standing;
    this.addresses = addresses;
  }

  /** For the container's proxies. */
  protected RelocationService() {}

  /**
   * Takes the project's turn and does the work within the same transaction: what it finds left of
   * quotas nobody else takes before it has written that it does.
   */
  @Transactional
  public <T> T inTurn(ProjectId project, Supplier<T> work) {
    federation.takeTurn(project);
    return work.get();
  }

  /**
   * @param stack the id of the stack
   * @param policy text of the stack's own placement policy
   * @param stands how the stack stands
   * @throws io.isthmus.domain.fault.FederationFault POLICY_INVALID when rules do not hold any more
   */
  @Transactional
  public Relocation again(
      ProjectId project, UUID stack, String policy, ResourceGraph graph, Standing stands) {
    return planner.again(
        graph,
        standing.bind(policies.parse(policy), project),
        federation.snapshotWithout(project, stack),
        addresses.plan(project),
        stands);
  }
}
