package io.isthmus.domain.stack;

import io.isthmus.domain.placement.Relocation;
import io.isthmus.domain.placement.Standing;
import io.isthmus.domain.template.ResourceGraph;
import java.util.function.Supplier;

/** Port: finds another place for what its place refused. Calls no cloud. */
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
   * @throws io.isthmus.domain.fault.FederationFault when rules do not hold any more
   */
  Relocation again(Stack stack, ResourceGraph graph, Standing standing);
}
