package io.isthmus.domain.stack;

import io.isthmus.domain.template.HotParser;
import io.isthmus.domain.template.HotTemplate;
import io.isthmus.domain.template.PseudoParameters;
import io.isthmus.domain.template.ResourceGraph;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Reads a stack's HOT template with its parameters, and its own name and id as pseudo parameters.
 */
@ApplicationScoped
public class HotBlueprints implements Blueprints {

  private final HotParser parser = new HotParser();

  @Override
  public ResourceGraph graph(Stack stack) {
    HotTemplate template = parser.parse(stack.template());
    PseudoParameters pseudo =
        new PseudoParameters(stack.name(), stack.id().toString(), stack.project().toString());
    return template.graph(template.bind(stack.parameters(), pseudo));
  }
}
