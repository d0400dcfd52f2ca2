package io.isthmus.domain.quota;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.cloud.Place;
import java.util.List;
import java.util.Map;

/**
 * Port: what a tenant's resources count against quotas. A resource counts from the acceptance of
 * its stack until it is gone or its creation has failed with nothing made. Implemented by the
 * capability that keeps stacks.
 */
public interface Consumption {

  /** All of one project in one region. */
  record Consumed(ProjectId project, Place region, Map<LimitKind, Long> amounts) {}

  List<Consumed> of(String tenant);
}
