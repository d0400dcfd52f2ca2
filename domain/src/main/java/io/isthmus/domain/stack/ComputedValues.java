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

  /**
   * As {@link #draw}; what was drawn before stays, unless what was asked for is other.
   *
   * @param before what the stack was
   * @param drawn for it
   */
  JsonObject redraw(ResourceGraph graph, ResourceGraph before, JsonObject drawn) {
    JsonObjectBuilder values = Json.createObjectBuilder(draw(graph));
    for (ResourceNode node : graph.nodes()) {
      boolean same =
          node.type().name().equals(RANDOM_STRING)
              && drawn.containsKey(node.path())
              && before
                  .find(node.path())
                  .filter(old -> old.type().name().equals(RANDOM_STRING))
                  .map(old -> old.properties(References.NONE))
                  .filter(node.properties(References.NONE)::equals)
                  .isPresent();
      if (same) {
        values.add(node.path(), drawn.get(node.path()));
      }
    }
    return values.build();
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
