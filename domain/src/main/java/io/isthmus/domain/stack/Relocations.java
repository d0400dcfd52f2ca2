package io.isthmus.domain.stack;

import io.isthmus.domain.placement.Relocation;
import io.isthmus.domain.placement.Standing;
import io.isthmus.domain.template.ResourceGraph;

/** Port: finds another place for what its place refused. Calls no cloud. */
@FunctionalInterface
public interface Relocations {

  /**
   * @throws io.isthmus.domain.fault.FederationFault when rules do not hold any more
   */
  Relocation again(Stack stack, ResourceGraph graph, Standing standing);
}
