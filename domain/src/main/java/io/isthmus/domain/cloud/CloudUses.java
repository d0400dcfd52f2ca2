package io.isthmus.domain.cloud;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Phrase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What all capabilities together still need a cloud for. */
final class CloudUses {

  private final Iterable<CloudUse> uses;

  CloudUses(Iterable<CloudUse> uses) {
    this.uses = uses;
  }

  /**
   * @param project only what belongs to it; empty for all
   */
  List<Phrase> of(CloudId cloud, Optional<ProjectId> project) {
    List<Phrase> found = new ArrayList<>();
    uses.forEach(use -> found.addAll(use.usesOf(cloud, project)));
    return found;
  }

  /**
   * @throws FederationFault CONFLICT that names each use
   */
  void requireNone(CloudId cloud, Optional<ProjectId> project) {
    List<Phrase> found = of(cloud, project);
    if (!found.isEmpty()) {
      throw new FederationFault(
          FaultCode.CONFLICT,
          Phrase.of("cloud.used", cloud),
          found.stream().map(use -> Violation.at("", use)).toList());
    }
  }
}
