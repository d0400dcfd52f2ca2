package io.isthmus.domain.usage;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Measure;
import java.util.List;
import java.util.Map;

/**
 * Port: what a project will pay for and no cloud has shown yet. Implemented by the capability that
 * keeps stacks.
 */
public interface Commitments {

  /** By cloud; of plans that were accepted and are being carried out. */
  Map<CloudId, List<Measure>> of(ProjectId project);
}
