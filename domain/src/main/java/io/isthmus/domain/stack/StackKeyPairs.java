package io.isthmus.domain.stack;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.keypair.KeyPairUses;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** Tells which stacks were made with a project's key pairs. */
@ApplicationScoped
public class StackKeyPairs implements KeyPairUses {

  private StackStore store;

  @Inject
  public StackKeyPairs(StackStore store) {
    this.store = store;
  }

  /** For the container's proxies. */
  protected StackKeyPairs() {}

  @Override
  public List<Use> of(ProjectId project) {
    return store.keyPairUses(project);
  }
}
