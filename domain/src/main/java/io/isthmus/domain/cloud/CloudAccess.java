package io.isthmus.domain.cloud;

import io.isthmus.domain.access.ProjectId;
import java.util.List;

/**
 * What lets one project into one cloud, without its secret.
 *
 * @param regions the regions to use; empty for all of the catalog
 * @param signsInAs user and OpenStack project, or the application credential's id; never a secret
 */
public record CloudAccess(
    ProjectId project, CloudId cloud, List<String> regions, String signsInAs) {

  public CloudAccess {
    regions = List.copyOf(regions);
  }
}
