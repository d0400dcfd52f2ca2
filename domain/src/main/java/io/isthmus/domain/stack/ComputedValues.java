package io.isthmus.domain.stack;

import io.isthmus.domain.json.Json;
import io.isthmus.domain.template.References;
import io.isthmus.domain.template.ResourceGraph;
import io.isthmus.domain.template.ResourceNode;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.random.RandomGenerator;

/** Draws what is drawn once for each stack and kept: {@code OS::Heat::RandomString}. */
public final class ComputedValues {

  static final String RANDOM_STRING = "OS::Heat::RandomString";

  private final RandomGenerator random;

  /**
   * @param random cryptographically strong in production, because such strings are passwords
   */
  public ComputedValues(RandomGenerator random) {
    this.random = random;
  }

  /** Resource path to value. */
  JsonObject draw(ResourceGraph graph) {
    JsonObjectBuilder values = Json.createObjectBuilder();
    for (ResourceNode node : graph.nodes()) {
      if (node.type().name().equals(RANDOM_STRING)) {
        values.add(node.path(), RandomStrings.draw(node.properties(References.NONE), random));
      }
    }
    return values.build();
  }
}
