package io.isthmus.domain.stack.update;

import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.placement.Resolution;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.engine.Resolutions;
import io.isthmus.domain.template.ResourceNode;
import io.isthmus.domain.template.ResourceReference;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The properties of resources as written, all functions applied, references symbolic. */
final class Written {

  private final Collection<StackPart> parts;
  private final Map<Place, Symbols> symbols = new HashMap<>();

  /**
   * @param parts those that shall be there now, whose attributes functions may look into
   */
  Written(Collection<StackPart> parts) {
    this.parts = parts;
  }

  /**
   * @return empty when a function cannot be applied before what it is about is there
   */
  Optional<JsonObject> whole(ResourceNode node, Place region, List<Resolution> resolutions) {
    try {
      JsonObject properties =
          node.properties(symbols.computeIfAbsent(region, at -> new Symbols(parts, at)));
      return Optional.of(Resolutions.apply(properties, resolutions));
    } catch (FederationFault e) {
      return Optional.empty();
    }
  }

  /** The properties in which two differ, in the type's order. */
  static Set<String> different(JsonObject one, JsonObject other, Collection<String> order) {
    Set<String> all = new LinkedHashSet<>(order);
    all.addAll(one.keySet());
    all.addAll(other.keySet());
    all.removeIf(
        name ->
            one.getOrDefault(name, JsonValue.NULL)
                .equals(other.getOrDefault(name, JsonValue.NULL)));
    return all;
  }

  /** The properties that refer to something. */
  static Set<String> referring(ResourceNode node) {
    Set<String> names = new LinkedHashSet<>();
    for (ResourceReference reference : node.references()) {
      reference.property().map(Written::top).ifPresent(names::add);
    }
    return names;
  }

  /** The name of the property in which a path lies. */
  static String top(String path) {
    int dot = path.indexOf('.');
    return dot < 0 ? path : path.substring(0, dot);
  }
}
