package io.isthmus.domain.placement;

import io.isthmus.domain.template.ResourceNode;
import java.util.List;
import java.util.OptionalInt;

/**
 * A rule's wish that resources be near others.
 *
 * @param of patterns of the paths, or groups' paths, of what is to be near
 * @param to patterns of what it is to be near to
 * @param maxLatencyMs the longest round trip allowed between any two of them, in milliseconds;
 *     empty when nearer is better and nothing is refused
 */
public record Affinity(List<Glob> of, List<Glob> to, OptionalInt maxLatencyMs) {

  public Affinity {
    of = List.copyOf(of);
    to = List.copyOf(to);
  }

  public boolean hard() {
    return maxLatencyMs.isPresent();
  }

  boolean isOf(ResourceNode node) {
    return of.stream().anyMatch(glob -> glob.names(node));
  }

  boolean isTo(ResourceNode node) {
    return to.stream().anyMatch(glob -> glob.names(node));
  }
}
