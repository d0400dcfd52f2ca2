package io.isthmus.domain.audit;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.fault.FederationFault;

/** Port: knows who belongs to a project. Implemented by whoever keeps its people. */
public interface AuditReaders {

  /**
   * @throws FederationFault NOT_FOUND when there is no such project or the caller has no role in it
   */
  void requireReader(Caller caller, ProjectId project);

  /** Whether the caller has a role in the project. */
  boolean isReader(Caller caller, ProjectId project);
}
