package io.isthmus.domain.cloud;

import io.isthmus.domain.access.ProjectId;
import java.util.List;

/** Port: the federation's own quotas. Implemented by the capability that keeps them. */
public interface Allowances {

  /**
   * What a project and its tenant may have and have, in each part of the federation that has a
   * quota.
   *
   * @param members every cloud
   */
  List<Allowance> of(ProjectId project, List<Cloud> members);
}
