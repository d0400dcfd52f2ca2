package io.isthmus.domain.placement;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.network.Segment;
import java.util.List;

/**
 * What must exist in several clouds so that the parts can reach each other.
 *
 * @param segments addresses of each stretched subnet in each region
 * @param remarks what else a person should know, above all which segments are not linked yet
 */
public record Wiring(List<Segment> segments, List<Phrase> remarks) {

  public Wiring {
    segments = List.copyOf(segments);
    remarks = List.copyOf(remarks);
  }
}
