package io.isthmus.domain.stack.update;

import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.template.References;
import io.isthmus.domain.template.Values;
import io.isthmus.domain.template.function.Paths;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Answers references by what they refer to rather than by what that is in a cloud, so that two
 * graphs can be compared. An attribute that is known is told, as functions may have to look into
 * it; one that is not stands for itself.
 */
final class Symbols implements References {

  /** From Unicode's private use area: nothing that people write begins so. */
  private static final String MARK = "\uE049";

  private final Map<String, JsonObject> attributes = new HashMap<>();

  /**
   * @param parts those that shall be there now
   * @param region as seen from there
   */
  Symbols(Collection<StackPart> parts, Place region) {
    for (StackPart part : parts) {
      boolean here = part.id().place().equals(region);
      JsonObject known = part.state().attributes();
      if (here) {
        attributes.put(part.id().resource(), known);
      } else {
        attributes.putIfAbsent(part.id().resource(), known);
      }
    }
  }

  @Override
  public Optional<JsonValue> resource(String path) {
    return Optional.of(Values.text(MARK + path));
  }

  @Override
  public Optional<JsonValue> attribute(String path, List<JsonValue> attributePath) {
    return attributePath.isEmpty()
        ? Optional.of(attributes.getOrDefault(path, JsonValue.EMPTY_JSON_OBJECT))
        : below(path, attributePath);
  }

  @Override
  public Optional<JsonValue> below(String path, List<JsonValue> steps) {
    JsonObject known = attributes.getOrDefault(path, JsonValue.EMPTY_JSON_OBJECT);
    return Paths.select(known, steps).or(() -> Optional.of(Values.text(MARK + path + " " + steps)));
  }

  /** The resource that a value refers to; empty for values of other kinds. */
  static Optional<String> named(JsonValue value) {
    return value instanceof JsonString text && text.getString().startsWith(MARK)
        ? Optional.of(text.getString().substring(MARK.length()))
        : Optional.empty();
  }
}
