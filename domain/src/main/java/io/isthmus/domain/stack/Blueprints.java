package io.isthmus.domain.stack;

import io.isthmus.domain.template.ResourceGraph;

/** Port: turns a stack's template and parameters into the resource graph. Pure. */
public interface Blueprints {

  /**
   * @throws io.isthmus.domain.fault.FederationFault TEMPLATE_INVALID, PARAMETER_INVALID
   */
  ResourceGraph graph(Stack stack);
}
