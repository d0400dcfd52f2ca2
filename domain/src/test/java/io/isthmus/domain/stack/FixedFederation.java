package io.isthmus.domain.stack;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.FederationService;
import io.isthmus.domain.cloud.FederationSnapshot;
import java.util.UUID;
import java.util.function.Supplier;

/** Shows everybody the same; whose turn it is, is counted. */
final class FixedFederation implements FederationService {

  private final Supplier<FederationSnapshot> shown;
  int turns;

  FixedFederation(Supplier<FederationSnapshot> shown) {
    this.shown = shown;
  }

  @Override
  public FederationSnapshot snapshot(ProjectId project) {
    return shown.get();
  }

  @Override
  public FederationSnapshot snapshotToPlan(ProjectId project) {
    return shown.get();
  }

  @Override
  public FederationSnapshot snapshotWithout(ProjectId project, UUID stack) {
    return shown.get();
  }

  @Override
  public void takeTurn(ProjectId project) {
    turns++;
  }
}
