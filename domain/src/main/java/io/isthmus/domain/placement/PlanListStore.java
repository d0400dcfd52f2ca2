package io.isthmus.domain.placement;

import io.isthmus.domain.access.ProjectId;
import java.time.Instant;

/** Lists kept plans. */
public interface PlanListStore {

  /**
   * @param now tells open plans from expired ones
   * @param skip how many to leave out, at least 0
   */
  PlanSlice slice(ProjectId project, PlanQuery query, Instant now, long skip, int limit);
}
