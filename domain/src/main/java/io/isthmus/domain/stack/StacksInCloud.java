package io.isthmus.domain.stack;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.CloudUse;
import io.isthmus.domain.language.Phrase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/** Tells which stacks still need a cloud, so that none loses its access to what it has there. */
@ApplicationScoped
public class StacksInCloud implements CloudUse {

  private StackStore store;

  @Inject
  public StacksInCloud(StackStore store) {
    this.store = store;
  }

  /** For the container's proxies. */
  protected StacksInCloud() {}

  @Override
  public List<Phrase> usesOf(CloudId cloud, Optional<ProjectId> project) {
    return store.presences(cloud, project).stream()
        .map(stack -> Phrase.of("stack.in-cloud", stack.name(), stack.project(), stack.parts()))
        .toList();
  }
}
