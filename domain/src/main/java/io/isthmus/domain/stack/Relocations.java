package io.isthmus.domain.stack;

import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.placement.Relocation;
import io.isthmus.domain.placement.Standing;
import io.isthmus.domain.template.ResourceGraph;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Port: finds another place for what its place refused, and says where there is none left. Calls no
 * cloud.
 */
@FunctionalInterface
public interface Relocations {

  /**
   * Does the work so that nobody else takes of the quotas meanwhile what it finds left in them: its
   * search and its writing are one transaction. Without others there is nothing to be held off.
   */
  default <T> T inTurn(Stack stack, Supplier<T> work) {
    return work.get();
  }

  /**
   * Where quotas leave too little for what a stack needs more than it has.
   *
   * @param needed by region; what it has, or will have given back before, is not in it
   * @return the regions, each with the reason; what is not known is not among them
   */
  default Map<Place, FederationFault> lacking(
      Stack stack, Map<Place, Map<LimitKind, Long>> needed) {
    return Map.of();
  }

  /**
   * @throws io.isthmus.domain.fault.FederationFault when rules do not hold any more
   */
  Relocation again(Stack stack, ResourceGraph graph, Standing standing);
}
