package io.isthmus.domain.usage;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Measure;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Port: what a project will pay for and no cloud has shown yet. Implemented by the capability that
 * keeps stacks.
 */
public interface Commitments {

  /** By cloud; of plans that were accepted and are being carried out. */
  Map<CloudId, List<Measure>> of(ProjectId project);

  /** What is there, and is to be paid for otherwise once updates that were accepted are done. */
  default List<Growth> growing(ProjectId project) {
    return List.of();
  }

  /**
   * What is paid for otherwise.
   *
   * @param from what it is paid for as now; empty for what costs nothing by time
   */
  record Growth(CloudId cloud, Optional<Measure> from, Measure to) {}
}
