package io.isthmus.domain.stack;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.network.Segment;
import io.isthmus.domain.placement.PlanId;
import java.util.List;

/** A stack takes more addresses; told within the transaction that writes why. */
public record AddressesWanted(ProjectId project, PlanId plan, List<Segment> segments) {

  public AddressesWanted {
    segments = List.copyOf(segments);
  }
}
