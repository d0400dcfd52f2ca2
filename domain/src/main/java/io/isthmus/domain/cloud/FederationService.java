package io.isthmus.domain.cloud;

import io.isthmus.domain.access.ProjectId;
import java.util.UUID;

/** Shows the federation as one project sees it. */
public interface FederationService {

  /**
   * Everything that planning and the pages read, from our own copies: no cloud is called. Whoever
   * passes a project on behalf of a person has checked that the person belongs to it.
   *
   * @return every member cloud; those that the project has no access to are there without inventory
   */
  FederationSnapshot snapshot(ProjectId project);

  /**
   * The same with what the federation's own quotas leave the project, for who plans what is not
   * wished for yet.
   */
  FederationSnapshot snapshotToPlan(ProjectId project);

  /**
   * The same for a stack that is placed anew, whose own parts are counted by who does it.
   *
   * @param stack of whose reservations only those are told that a cloud was asked for; the
   *     federation's quotas count it already, and do not stand in its way
   */
  FederationSnapshot snapshotWithout(ProjectId project, UUID stack);

  /**
   * Until the transaction ends nobody else wishes for anything that counts against the same quotas
   * as this project's stacks: who has the turn and compares then sees all that is wished for. Waits
   * for who has it.
   */
  void takeTurn(ProjectId project);
}
