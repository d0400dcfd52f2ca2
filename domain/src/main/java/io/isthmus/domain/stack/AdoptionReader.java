package io.isthmus.domain.stack;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.placement.Resolution;
import io.isthmus.domain.stack.AdoptionDocument.Resource;
import io.isthmus.domain.template.Footing;
import io.isthmus.domain.template.TemplateSource;
import io.isthmus.domain.template.type.ResourceTypes;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Reads documents of abandoned stacks, ours and Heat's, within bounds.
 *
 * @see "openstack/heat heat/engine/stack.py, resource.py, stack_resource.py: prepare_abandon"
 */
final class AdoptionReader {

  private static final int LONGEST = 1024;
  private static final int MOST_RESOLUTIONS = 200;
  private static final int MAX_DEPTH = 100;

  private final List<Resource> resources = new ArrayList<>();
  private final List<AdoptionDocument.Unplaced> unplaced = new ArrayList<>();
  private final Map<String, String> drawn = new HashMap<>();

  private AdoptionReader() {}

  /**
   * @throws FederationFault REQUEST_INVALID, saying what is wrong; TOO_LARGE
   */
  static AdoptionDocument read(String text) {
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > AdoptionDocument.MAX_BYTES) {
      Phrase why = Phrase.of("yaml.too-large", bytes / 1024, AdoptionDocument.MAX_BYTES / 1024);
      throw new FederationFault(
          FaultCode.TOO_LARGE, why, List.of(Violation.at("adopt_stack_data", why)));
    }
    requireShallow(text);
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return new AdoptionReader().read(reader.readObject());
    } catch (JsonException | IllegalStateException | ClassCastException e) {
      throw wrong("", String.valueOf(e.getMessage()));
    }
  }

  /** A parser recurses; what is nested deeper than any document is refused before. */
  private static void requireShallow(String text) {
    int depth = 0;
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted) {
        if (c == '\\') {
          i++;
        } else if (c == '"') {
          quoted = false;
        }
      } else if (c == '"') {
        quoted = true;
      } else if (c == '{' || c == '[') {
        if (++depth > MAX_DEPTH) {
          throw wrong("", "nested deeper than " + MAX_DEPTH);
        }
      } else if (c == '}' || c == ']') {
        depth--;
      }
    }
  }

  private AdoptionDocument read(JsonObject json) {
    resources("", object(json, "resources", "resources"));
    HeatEnvironment environment =
        HeatEnvironment.of(
            json.containsKey("environment")
                ? object(json, "environment", "environment")
                : JsonValue.EMPTY_JSON_OBJECT);
    Set<String> hidden = new TreeSet<>(hidden(json));
    hidden.addAll(environment.unreadable());
    return new AdoptionDocument(
        text(json, "name", "name").or(() -> text(json, "stack_name", "stack_name")).orElse(""),
        text(json, "id", "id").flatMap(AdoptionReader::stackId),
        new TemplateSource(template(json), texts(json, "files")),
        environment.understood(),
        hidden,
        text(json, "policy", "policy"),
        resources,
        unplaced,
        drawn);
  }

  /** Of a stack, or of one that is nested in it, as Heat tells of the latter in their place. */
  private void resources(String within, JsonObject told) {
    told.forEach(
        (name, value) -> {
          String path = within.isEmpty() ? name : within + "/" + name;
          if (!(value instanceof JsonObject resource)) {
            throw wrong("resources." + path, "no object");
          }
          if (resource.get("resources") instanceof JsonObject nested) {
            resources(path, nested);
          } else if (!resource.isEmpty()) {
            resource(path, resource);
          }
          if (resources.size() + unplaced.size() + drawn.size() > AdoptionDocument.MOST_RESOURCES) {
            throw wrong("resources", "more than " + AdoptionDocument.MOST_RESOURCES);
          }
        });
  }

  private static String template(JsonObject json) {
    JsonValue template = json.get("template");
    if (template instanceof JsonString text) {
      return text.getString();
    }
    if (template instanceof JsonObject map) {
      return map.toString();
    }
    throw wrong("template", "missing");
  }

  private static Set<String> hidden(JsonObject json) {
    if (!json.containsKey("hidden_parameters")) {
      return Set.of();
    }
    return json.getJsonArray("hidden_parameters").getValuesAs(JsonString.class).stream()
        .map(JsonString::getString)
        .collect(Collectors.toSet());
  }

  private void resource(String name, JsonObject told) {
    String at = "resources." + name;
    String type = text(told, "type", at).orElseThrow(() -> wrong(at, "no type"));
    if (type.equals(ComputedValues.RANDOM_STRING)) {
      if (told.get("resource_data") instanceof JsonObject data) {
        text(data, "value", at).ifPresent(value -> drawn.put(name, value));
      }
    } else if (told.get("placements") instanceof JsonArray places && !places.isEmpty()) {
      places
          .getValuesAs(JsonObject.class)
          .forEach(place -> resources.add(resource(name, type, place, at)));
    } else if (!isComputed(type)) {
      // One that Heat failed to make has no id, and is missed by its name later.
      text(told, "resource_id", at)
          .ifPresent(id -> unplaced.add(new AdoptionDocument.Unplaced(name, type, id)));
    }
  }

  private static boolean isComputed(String type) {
    return ResourceTypes.find(type).filter(one -> one.footing() == Footing.COMPUTED).isPresent();
  }

  private static Resource resource(String name, String type, JsonObject place, String at) {
    return new Resource(
        new PartId(
            name,
            cloud(text(place, "cloud", at).orElseThrow(() -> wrong(at, "no cloud")), at),
            text(place, "region", at).orElseThrow(() -> wrong(at, "no region"))),
        type,
        text(place, "availability_zone", at),
        text(place, "resource_id", at).orElseThrow(() -> wrong(at, "no resource_id")),
        place.getBoolean("wanted", true),
        mark(place, at),
        resolutions(place, at));
  }

  private static CloudId cloud(String text, String at) {
    try {
      return new CloudId(text);
    } catch (IllegalArgumentException | FederationFault e) {
      throw wrong(at, text);
    }
  }

  private static Optional<Mark> mark(JsonObject place, String at) {
    if (!(place.get("mark") instanceof JsonObject mark)) {
      return Optional.empty();
    }
    StackId stack =
        text(mark, "stack", at)
            .flatMap(AdoptionReader::stackId)
            .orElseThrow(() -> wrong(at, "mark"));
    String resource = text(mark, "resource", at).orElseThrow(() -> wrong(at, "mark"));
    if (!(mark.get("generation") instanceof JsonNumber number) || number.intValue() < 1) {
      throw wrong(at, "mark");
    }
    return Optional.of(new Mark(stack, resource, number.intValue()));
  }

  private static List<Resolution> resolutions(JsonObject place, String at) {
    if (!place.containsKey("resolutions")) {
      return List.of();
    }
    List<JsonObject> told = place.getJsonArray("resolutions").getValuesAs(JsonObject.class);
    if (told.size() > MOST_RESOLUTIONS) {
      throw wrong(at, "more than " + MOST_RESOLUTIONS + " resolutions");
    }
    return told.stream()
        .map(
            one ->
                new Resolution(
                    text(one, "property", at).orElseThrow(() -> wrong(at, "resolutions")),
                    text(one, "value", at)
                        .map(Json::createValue)
                        .orElseThrow(() -> wrong(at, "resolutions")),
                    Phrase.of("stack.adopt.meant")))
        .toList();
  }

  private static Optional<StackId> stackId(String text) {
    try {
      return Optional.of(StackId.parse(text));
    } catch (IllegalArgumentException | FederationFault e) {
      // Heat's ids are such, too; what is none is nobody's.
      return Optional.empty();
    }
  }

  private static JsonObject object(JsonObject json, String name, String at) {
    if (json.get(name) instanceof JsonObject object) {
      return object;
    }
    throw wrong(at, "missing");
  }

  private static Map<String, String> texts(JsonObject json, String name) {
    Map<String, String> texts = new HashMap<>();
    if (json.containsKey(name)) {
      object(json, name, name)
          .forEach((key, value) -> texts.put(key, ((JsonString) value).getString()));
    }
    return texts;
  }

  private static Optional<String> text(JsonObject json, String name, String at) {
    if (!(json.get(name) instanceof JsonString value) || value.getString().isEmpty()) {
      return Optional.empty();
    }
    boolean isLong = !name.equals("policy") && value.getString().length() > LONGEST;
    if (isLong) {
      throw wrong(at, name + " is longer than " + LONGEST);
    }
    return Optional.of(value.getString());
  }

  private static FederationFault wrong(String at, String what) {
    Phrase why = Phrase.of("stack.adopt.not-a-document", at.isEmpty() ? what : at + ": " + what);
    return new FederationFault(
        FaultCode.REQUEST_INVALID,
        why,
        List.of(
            Violation.at(
                at.isEmpty() ? "adopt_stack_data" : "adopt_stack_data." + at,
                why,
                Phrase.of("stack.adopt.not-a-document-remedy"))));
  }
}
