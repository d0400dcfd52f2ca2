package io.isthmus.domain.stack;

import io.isthmus.domain.template.ResourceGraph;
import io.isthmus.domain.template.TemplateSource;
import jakarta.json.JsonObject;

/** Port: turns a template and its parameters into the resource graph. Pure. */
public interface Blueprints {

  /**
   * @throws io.isthmus.domain.fault.FederationFault TEMPLATE_INVALID, PARAMETER_INVALID
   */
  ResourceGraph graph(TemplateSource template, JsonObject parameters);
}
