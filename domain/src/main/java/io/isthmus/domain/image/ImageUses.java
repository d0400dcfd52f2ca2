package io.isthmus.domain.image;

import io.isthmus.domain.access.ProjectId;
import java.util.List;

/** Port: what was made with a project's images. */
public interface ImageUses {

  /** Of stacks that are not deleted, by name of the stack. */
  List<Use> of(ProjectId project);

  /**
   * That a stack was planned with an image.
   *
   * @param image its id
   */
  record Use(String stack, String image) {}
}
