package io.isthmus.domain.placement;

import io.isthmus.domain.access.ProjectId;
import java.util.Optional;

/** Port: the policy that a project has chosen for stacks that name none. */
public interface ProjectDefaults {

  /** The policy's text; empty when the project has chosen none. */
  Optional<String> policyOf(ProjectId project);
}
