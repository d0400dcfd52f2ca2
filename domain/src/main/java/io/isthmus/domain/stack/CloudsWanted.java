package io.isthmus.domain.stack;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudId;
import java.util.Set;

/** A stack is to have something new in clouds; told within the transaction that writes it. */
public record CloudsWanted(ProjectId project, Set<CloudId> clouds) {

  public CloudsWanted {
    clouds = Set.copyOf(clouds);
  }
}
