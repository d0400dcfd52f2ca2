package io.isthmus.domain.cloud;

import io.isthmus.domain.access.ProjectId;

/** Shows the federation as one project sees it. */
public interface FederationService {

  /**
   * Everything that planning and the pages read, from our own copies: no cloud is called. Whoever
   * passes a project on behalf of a person has checked that the person belongs to it.
   *
   * @return every member cloud; those that the project has no access to are there without inventory
   */
  FederationSnapshot snapshot(ProjectId project);
}
