package io.isthmus.domain.stack;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.placement.PlannedPart;
import io.isthmus.domain.placement.Resolution;
import io.isthmus.domain.template.TemplateSource;
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
 * What abandoning a stack told of it, as Heat's {@code adopt_stack_data}: what it was made from,
 * and which resources it has in which clouds. It comes from outside, and nothing in it is believed
 * before clouds were asked.
 *
 * @param name the stack's; may be empty
 * @param origin the stack that was abandoned; empty when the document names none
 * @param environment its parameters and registry, as Heat's environments
 * @param hidden names of parameters whose values are left out
 * @param policy text of the placement policy; empty text when there was none
 */
public record AdoptionDocument(
    String name,
    Optional<StackId> origin,
    TemplateSource template,
    JsonObject environment,
    Set<String> hidden,
    Optional<String> policy,
    List<Resource> resources) {

  /** Of the document, in bytes of UTF-8. */
  public static final int MAX_BYTES = 8 * 1024 * 1024;

  /** In a document, each place of a resource counted. */
  public static final int MOST_RESOURCES = 20_000;

  private static final int LONGEST = 1024;
  private static final int MOST_RESOLUTIONS = 200;
  private static final int MAX_DEPTH = 100;

  public AdoptionDocument {
    hidden = Set.copyOf(hidden);
    resources = List.copyOf(resources);
  }

  /**
   * One resource in one place.
   *
   * @param physicalId the cloud's id of it
   * @param wanted whether the stack wanted it; else it was on its way out
   * @param mark that is on it, if any is
   * @param resolutions what names and addresses of the template mean to it
   */
  public record Resource(
      PartId id,
      String type,
      Optional<String> availabilityZone,
      String physicalId,
      boolean wanted,
      Optional<Mark> mark,
      List<Resolution> resolutions) {

    public Resource {
      resolutions = List.copyOf(resolutions);
    }

    /** As planning sees what stands. */
    PlannedPart planned() {
      return new PlannedPart(
          id, type, availabilityZone, resolutions, Set.of(), Map.of(), Optional.empty());
    }
  }

  /**
   * @throws FederationFault REQUEST_INVALID, saying what is wrong; TOO_LARGE
   */
  public static AdoptionDocument parse(String text) {
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MAX_BYTES) {
      Phrase why = Phrase.of("yaml.too-large", bytes / 1024, MAX_BYTES / 1024);
      throw new FederationFault(
          FaultCode.TOO_LARGE, why, List.of(Violation.at("adopt_stack_data", why)));
    }
    requireShallow(text);
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return read(reader.readObject());
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

  private static AdoptionDocument read(JsonObject json) {
    Optional<StackId> origin = text(json, "id", "id").flatMap(AdoptionDocument::stackId);
    List<Resource> resources = new ArrayList<>();
    JsonObject told = object(json, "resources", "resources");
    told.forEach(
        (name, value) -> {
          if (!(value instanceof JsonObject resource)) {
            throw wrong("resources." + name, "no object");
          }
          resources(name, resource, resources);
          if (resources.size() > MOST_RESOURCES) {
            throw wrong("resources", "more than " + MOST_RESOURCES);
          }
        });
    JsonObject environment =
        json.containsKey("environment")
            ? object(json, "environment", "environment")
            : JsonValue.EMPTY_JSON_OBJECT;
    return new AdoptionDocument(
        text(json, "name", "name").or(() -> text(json, "stack_name", "stack_name")).orElse(""),
        origin,
        new TemplateSource(template(json), texts(json, "files")),
        environment,
        hidden(json),
        text(json, "policy", "policy"),
        resources);
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
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static void resources(String name, JsonObject told, List<Resource> into) {
    String at = "resources." + name;
    String type = text(told, "type", at).orElseThrow(() -> wrong(at, "no type"));
    if (!(told.get("placements") instanceof jakarta.json.JsonArray places) || places.isEmpty()) {
      Phrase why = Phrase.of("stack.adopt.no-place", name);
      throw new FederationFault(
          FaultCode.REQUEST_INVALID, why, List.of(Violation.at("adopt_stack_data." + at, why)));
    }
    for (JsonObject place : places.getValuesAs(JsonObject.class)) {
      into.add(
          new Resource(
              new PartId(
                  name,
                  cloud(text(place, "cloud", at).orElseThrow(() -> wrong(at, "no cloud")), at),
                  text(place, "region", at).orElseThrow(() -> wrong(at, "no region"))),
              type,
              text(place, "availability_zone", at),
              text(place, "resource_id", at).orElseThrow(() -> wrong(at, "no resource_id")),
              place.getBoolean("wanted", true),
              mark(place, at),
              resolutions(place, at)));
    }
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
            .flatMap(AdoptionDocument::stackId)
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
