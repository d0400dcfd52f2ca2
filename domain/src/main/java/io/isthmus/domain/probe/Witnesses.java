package io.isthmus.domain.probe;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.FederationService;
import io.isthmus.domain.stack.StackId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is known of a cloud that may be lost, for who decides upon it. Asks nobody. */
@ApplicationScoped
public class Witnesses {

  private FederationService federation;
  private ProbeStore probes;

  @Inject
  Witnesses(FederationService federation, ProbeStore probes) {
    this.federation = federation;
    this.probes = probes;
  }

  /** For the container's proxies. */
  protected Witnesses() {}

  /**
   * @return empty when the cloud answers, or the project has no access to it any more
   */
  @Transactional
  public Optional<CloudLoss> of(StackId stack, ProjectId project, CloudId cloud, Instant now) {
    return federation.snapshot(project).clouds().stream()
        .filter(one -> one.id().equals(cloud))
        .flatMap(one -> CloudLoss.of(one, probes.of(stack), now).stream())
        .findFirst();
  }

  /** What is known of the probes of a stack, from everywhere. */
  @Transactional
  public List<ProbeResult> probes(StackId stack) {
    return probes.of(stack);
  }
}
