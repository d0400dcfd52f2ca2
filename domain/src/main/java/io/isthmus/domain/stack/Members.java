package io.isthmus.domain.stack;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;

/** Port: who belongs to a project. */
public interface Members {

  /**
   * @throws io.isthmus.domain.fault.FederationFault NOT_FOUND when there is no such project or the
   *     caller has no role in it
   */
  void requireReader(Caller caller, ProjectId project);

  /**
   * @throws io.isthmus.domain.fault.FederationFault NOT_FOUND as above; FORBIDDEN when the caller
   *     may look but not change
   */
  void requireMember(Caller caller, ProjectId project);
}
