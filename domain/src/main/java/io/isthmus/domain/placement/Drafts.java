package io.isthmus.domain.placement;

import io.isthmus.domain.template.ResourceGraph;
import io.isthmus.domain.template.TemplateSource;
import jakarta.json.JsonObject;

/** Port: reads a template with its parameters. Pure. */
public interface Drafts {

  /**
   * @throws io.isthmus.domain.fault.FederationFault TEMPLATE_INVALID, PARAMETER_INVALID, TOO_LARGE
   */
  Draft read(TemplateSource template, JsonObject parameters);

  /**
   * What was read.
   *
   * @param shown the given parameters with hidden ones masked
   */
  record Draft(ResourceGraph graph, JsonObject shown) {}
}
