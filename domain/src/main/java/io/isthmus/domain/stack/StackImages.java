package io.isthmus.domain.stack;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.image.ImageUses;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** Tells which stacks were planned with a project's images. */
@ApplicationScoped
public class StackImages implements ImageUses {

  private StackStore store;

  @Inject
  public StackImages(StackStore store) {
    this.store = store;
  }

  /** For the container's proxies. */
  protected StackImages() {}

  @Override
  public List<Use> of(ProjectId project) {
    return store.imageUses(project);
  }
}
