package io.isthmus.domain.probe;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.audit.Audited;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.FederationService;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackService;
import io.isthmus.domain.stack.StackView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What can be asked of probes. Asks no server and no cloud. */
@ApplicationScoped
public class Probes {

  private StackService service;
  private FederationService federation;
  private ProbeStore probes;

  @Inject
  Probes(StackService service, FederationService federation, ProbeStore probes) {
    this.service = service;
    this.federation = federation;
    this.probes = probes;
  }

  /** For the container's proxies. */
  protected Probes() {}

  /**
   * The probes of a stack's servers, what came of them last, and what that says of clouds that do
   * not answer.
   *
   * @throws FederationFault NOT_FOUND, also for a stack of others
   */
  @Audited(action = "read", target = "stack-probes")
  @Transactional
  public ProbeReport of(StackId id, Caller caller) {
    StackView stack = service.require(id, caller);
    List<ProbeResult> results = probes.of(id);
    Set<CloudId> there = stack.regions().stream().map(Place::cloud).collect(Collectors.toSet());
    Instant now = Instant.now();
    return new ProbeReport(
        results,
        federation.snapshot(stack.project()).clouds().stream()
            .filter(cloud -> there.contains(cloud.id()))
            .flatMap(cloud -> CloudLoss.of(cloud, results, now).stream())
            .toList());
  }
}
