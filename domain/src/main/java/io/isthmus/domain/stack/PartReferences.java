package io.isthmus.domain.stack;

import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.template.Footing;
import io.isthmus.domain.template.References;
import io.isthmus.domain.template.ResourceGraph;
import io.isthmus.domain.template.ResourceNode;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Answers references from what is known of the parts.
 *
 * <p>Seen from a part, a stretched resource is the part of it in the same region. Seen from
 * outside, as outputs do, it is all of them: one value when they agree, else a map from place to
 * value.
 */
public final class PartReferences implements References {

  private static final String VALUE = "OS::Heat::Value";

  private final ResourceGraph graph;
  private final JsonObject computed;
  private final Map<String, List<StackPart>> parts;
  private final Optional<Place> region;

  private PartReferences(
      ResourceGraph graph,
      JsonObject computed,
      Collection<StackPart> parts,
      Optional<Place> region) {
    this.graph = graph;
    this.computed = computed;
    this.region = region;
    this.parts = new HashMap<>();
    parts.stream()
        .filter(part -> part.goal() == StackPart.Goal.PRESENT)
        .filter(part -> part.state().physicalId().isPresent())
        .sorted(Comparator.comparing(StackPart::key))
        .forEach(
            part ->
                this.parts
                    .computeIfAbsent(part.id().resource(), path -> new ArrayList<>())
                    .add(part));
  }

  /** As outputs see it. */
  public static PartReferences everywhere(
      ResourceGraph graph, JsonObject computed, Collection<StackPart> parts) {
    return new PartReferences(graph, computed, parts, Optional.empty());
  }

  /** As a part in that region sees it. */
  public static PartReferences from(
      Place region, ResourceGraph graph, JsonObject computed, Collection<StackPart> parts) {
    return new PartReferences(graph, computed, parts, Optional.of(region.regionOnly()));
  }

  @Override
  public Optional<JsonValue> resource(String path) {
    Optional<ResourceNode> node = computedNode(path);
    if (node.isPresent()) {
      return Optional.of(computed.containsKey(path) ? computed.get(path) : Json.createValue(path));
    }
    return answer(path, part -> part.state().physicalId().map(Json::createValue));
  }

  @Override
  public Optional<JsonValue> attribute(String path, List<JsonValue> attributePath) {
    Optional<ResourceNode> node = computedNode(path);
    if (node.isPresent()) {
      return computedAttributes(node.get()).flatMap(all -> within(all, attributePath));
    }
    return answer(path, part -> within(part.state().attributes(), attributePath));
  }

  private Optional<ResourceNode> computedNode(String path) {
    return graph.find(path).filter(node -> node.type().footing() == Footing.COMPUTED);
  }

  private Optional<JsonValue> computedAttributes(ResourceNode node) {
    Optional<JsonValue> value =
        node.type().name().equals(VALUE)
            ? Optional.ofNullable(node.properties(this).get("value"))
            : Optional.ofNullable(computed.get(node.path()));
    return value.map(known -> Json.createObjectBuilder().add("value", known).build());
  }

  private Optional<JsonValue> answer(
      String path, Function<StackPart, Optional<? extends JsonValue>> question) {
    List<StackPart> candidates = parts.getOrDefault(path, List.of());
    if (region.isPresent()) {
      List<StackPart> near =
          candidates.stream().filter(part -> part.id().place().equals(region.get())).toList();
      if (!near.isEmpty()) {
        candidates = near;
      }
    }
    Map<Place, JsonValue> answers = new HashMap<>();
    for (StackPart part : candidates) {
      question.apply(part).ifPresent(value -> answers.put(part.id().place(), value));
    }
    if (new LinkedHashSet<>(answers.values()).size() <= 1) {
      return answers.values().stream().findFirst();
    }
    JsonObjectBuilder byPlace = Json.createObjectBuilder();
    answers.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> byPlace.add(entry.getKey().toString(), entry.getValue()));
    return Optional.of(byPlace.build());
  }

  private static Optional<JsonValue> within(JsonValue value, List<JsonValue> path) {
    JsonValue current = value;
    for (JsonValue step : path) {
      if (current instanceof JsonObject object) {
        current = object.get(step instanceof JsonString text ? text.getString() : step.toString());
      } else if (current instanceof JsonArray array) {
        int index = index(step);
        current = index >= 0 && index < array.size() ? array.get(index) : null;
      } else {
        return Optional.empty();
      }
    }
    return Optional.ofNullable(current);
  }

  private static int index(JsonValue step) {
    if (step instanceof JsonNumber number) {
      return number.intValue();
    }
    return step instanceof JsonString text && text.getString().matches("[0-9]{1,6}")
        ? Integer.parseInt(text.getString())
        : -1;
  }
}
