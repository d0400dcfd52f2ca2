package io.isthmus.domain.stack;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.template.HotParser;
import io.isthmus.domain.template.HotTemplate;
import io.isthmus.domain.template.Values;
import io.isthmus.domain.template.type.KeptImageType;
import io.isthmus.domain.yaml.YamlNode;
import io.isthmus.domain.yaml.YamlReader;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All that is known of a stack, as Heat tells it of a stack that is abandoned: what it was made
 * from, and which resources it has in which clouds. Beyond Heat's shape each resource has its
 * {@code placements}, with the mark that is on it and what names and addresses of the template mean
 * to it, and there are the policy and the texts of files. {@link AdoptionDocument} reads it.
 *
 * <p>No secret is in it: hidden parameters are only named, what was drawn for the stack, such as
 * passwords, is left out, and so is what clouds tell of resources.
 */
final class StackDocument {

  private StackDocument() {}

  /**
   * @param parts all generations
   */
  static JsonObject of(Stack stack, Collection<StackPart> parts) {
    Set<String> hidden = hidden(stack);
    return Json.createObjectBuilder()
        .add("name", stack.name())
        .add("id", stack.id().toString())
        .add("project_id", stack.project().toString())
        .add("action", stack.status().action().name())
        .add("status", stack.status().status().name())
        .add("template", template(stack))
        .add("files", texts(stack.template().files()))
        .add("environment", environment(stack, hidden))
        .add("hidden_parameters", Json.createArrayBuilder(new TreeSet<>(hidden)))
        .add("policy", stack.policy())
        .add("resources", resources(stack, parts, hidden))
        .build();
  }

  /** As a map, like Heat's; what is not understood any more as the text that it is. */
  private static JsonValue template(Stack stack) {
    try {
      return json(new YamlReader(FaultCode.TEMPLATE_INVALID).read(stack.template().text()));
    } catch (FederationFault notUnderstood) {
      return Json.createValue(stack.template().text());
    }
  }

  private static JsonValue json(YamlNode node) {
    if (node instanceof YamlNode.Mapping map) {
      JsonObjectBuilder object = Json.createObjectBuilder();
      map.entries().forEach((key, entry) -> object.add(key, json(entry.value())));
      return object.build();
    }
    if (node instanceof YamlNode.Sequence list) {
      JsonArrayBuilder array = Json.createArrayBuilder();
      list.items().forEach(item -> array.add(json(item)));
      return array.build();
    }
    return Values.of((YamlNode.Scalar) node);
  }

  /** The names of hidden parameters; of all, when nobody knows any more which are. */
  private static Set<String> hidden(Stack stack) {
    if (!stack.template().mayHide()) {
      return Set.of();
    }
    try {
      HotTemplate template = new HotParser().parse(stack.template());
      return template.hiddenParameters();
    } catch (FederationFault notUnderstood) {
      return all(stack);
    }
  }

  private static Set<String> all(Stack stack) {
    Set<String> names = new TreeSet<>(stack.parameters().keySet());
    if (names.remove(HotTemplate.NESTED_DEFAULTS)) {
      names.addAll(stack.parameters().getJsonObject(HotTemplate.NESTED_DEFAULTS).keySet());
    }
    return names;
  }

  private static JsonObject environment(Stack stack, Set<String> hidden) {
    JsonObjectBuilder parameters = Json.createObjectBuilder();
    JsonObjectBuilder defaults = Json.createObjectBuilder();
    stack
        .parameters()
        .forEach(
            (name, value) -> {
              if (name.equals(HotTemplate.NESTED_DEFAULTS)) {
                value
                    .asJsonObject()
                    .forEach((nested, given) -> addUnless(hidden, defaults, nested, given));
              } else {
                addUnless(hidden, parameters, name, value);
              }
            });
    return Json.createObjectBuilder()
        .add("parameters", parameters)
        .add("parameter_defaults", defaults)
        .add("resource_registry", texts(stack.template().registry()))
        .build();
  }

  private static void addUnless(
      Set<String> hidden, JsonObjectBuilder values, String name, JsonValue value) {
    if (!hidden.contains(name)) {
      values.add(name, value);
    }
  }

  private static JsonObject texts(Map<String, String> texts) {
    JsonObjectBuilder object = Json.createObjectBuilder();
    new TreeMap<>(texts).forEach(object::add);
    return object.build();
  }

  private static JsonObject resources(
      Stack stack, Collection<StackPart> parts, Set<String> hidden) {
    Set<JsonValue> secrets = new HashSet<>();
    JsonObject nested = stack.parameters().getJsonObject(HotTemplate.NESTED_DEFAULTS);
    hidden.forEach(
        name -> {
          secrets.add(stack.parameters().get(name));
          secrets.add(nested == null ? null : nested.get(name));
        });
    Map<String, List<StackPart>> byName = new TreeMap<>();
    parts.stream()
        .filter(StackDocument::isTold)
        .sorted(Comparator.comparing(StackPart::key))
        .forEach(
            part ->
                byName.computeIfAbsent(part.id().resource(), none -> new ArrayList<>()).add(part));
    JsonObjectBuilder resources = Json.createObjectBuilder();
    byName.forEach((name, all) -> resources.add(name, resource(stack, name, all, secrets)));
    return resources.build();
  }

  /** Copies of images are the project's, and all its stacks'. */
  private static boolean isTold(StackPart part) {
    return part.state().physicalId().isPresent()
        && !part.isGone()
        && !part.type().equals(KeptImageType.NAME);
  }

  /** Where a resource is in several places, Heat's own members tell of the first. */
  private static JsonObject resource(
      Stack stack, String name, List<StackPart> parts, Set<JsonValue> secrets) {
    StackPart first =
        parts.stream()
            .filter(part -> part.goal() == StackPart.Goal.PRESENT)
            .findFirst()
            .orElse(parts.get(0));
    JsonArrayBuilder placements = Json.createArrayBuilder();
    parts.forEach(part -> placements.add(placement(stack, part, secrets)));
    return Json.createObjectBuilder()
        .add("name", name)
        .add("type", first.type())
        .add("action", first.status().action().name())
        .add("status", first.status().status().name())
        .add("resource_id", first.state().physicalId().orElseThrow())
        .add("metadata", JsonValue.EMPTY_JSON_OBJECT)
        .add("resource_data", JsonValue.EMPTY_JSON_OBJECT)
        .add("placements", placements)
        .build();
  }

  private static JsonObject placement(Stack stack, StackPart part, Set<JsonValue> secrets) {
    JsonObjectBuilder placement =
        Json.createObjectBuilder()
            .add("cloud", part.id().cloud().text())
            .add("region", part.id().region());
    part.availabilityZone().ifPresent(zone -> placement.add("availability_zone", zone));
    JsonArrayBuilder resolutions = Json.createArrayBuilder();
    part.resolutions().stream()
        .filter(resolution -> !secrets.contains(resolution.value()))
        .forEach(
            resolution ->
                resolutions.add(
                    Json.createObjectBuilder()
                        .add("property", resolution.property())
                        .add("value", resolution.value())));
    return placement
        .add("resolutions", resolutions)
        .add("resource_id", part.state().physicalId().orElseThrow())
        .add("wanted", part.goal() == StackPart.Goal.PRESENT)
        .add(
            "mark",
            Json.createObjectBuilder()
                .add("stack", stack.id().toString())
                .add("resource", part.id().resource())
                .add("generation", part.key().generation()))
        .build();
  }
}
