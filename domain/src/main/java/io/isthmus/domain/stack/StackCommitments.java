package io.isthmus.domain.stack;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Measure;
import io.isthmus.domain.usage.Commitments;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;

/** What stacks wish for that is paid for, and that is not there yet. */
@ApplicationScoped
public class StackCommitments implements Commitments {

  private StackStore store;

  @Inject
  public StackCommitments(StackStore store) {
    this.store = store;
  }

  /** For the container's proxies. */
  protected StackCommitments() {}

  @Override
  public Map<CloudId, List<Measure>> of(ProjectId project) {
    return store.awaited(project);
  }

  @Override
  public List<Growth> growing(ProjectId project) {
    return store.growing(project);
  }
}
