package io.isthmus.domain.stack;

import io.isthmus.domain.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The environment of a document, without what Heat writes into each and says nothing with: empty
 * sections, and which parameters its database has encrypted.
 *
 * @param understood what an environment may have; what else stands there is refused by name later
 * @param unreadable names of parameters whose values only Heat's engine can read
 * @see "openstack/heat heat/engine/environment.py, env_as_dict"
 */
record HeatEnvironment(JsonObject understood, Set<String> unreadable) {

  private static final String PARAMETERS = "parameters";
  private static final String REGISTRY = "resource_registry";
  private static final String ENCRYPTED = "encrypted_param_names";

  static HeatEnvironment of(JsonObject told) {
    Set<String> unreadable = unreadable(told);
    JsonObjectBuilder understood = Json.createObjectBuilder();
    told.forEach(
        (section, value) -> {
          if (section.equals(PARAMETERS) && value instanceof JsonObject parameters) {
            understood.add(section, without(parameters, unreadable));
          } else if (section.equals(REGISTRY) && value instanceof JsonObject registry) {
            understood.add(section, registry(registry));
          } else if (!section.equals(ENCRYPTED) && !isEmpty(value)) {
            understood.add(section, value);
          }
        });
    return new HeatEnvironment(understood.build(), unreadable);
  }

  private static JsonObject registry(JsonObject told) {
    return isEmpty(told.getOrDefault("resources", JsonValue.EMPTY_JSON_OBJECT))
        ? without(told, Set.of("resources"))
        : told;
  }

  private static JsonObject without(JsonObject told, Set<String> names) {
    JsonObjectBuilder some = Json.createObjectBuilder(told);
    names.forEach(some::remove);
    return some.build();
  }

  private static boolean isEmpty(JsonValue value) {
    return value.equals(JsonValue.NULL)
        || value instanceof JsonObject object && object.isEmpty()
        || value instanceof JsonArray array && array.isEmpty();
  }

  private static Set<String> unreadable(JsonObject told) {
    Set<String> names = new TreeSet<>();
    if (told.get(PARAMETERS) instanceof JsonObject parameters) {
      texts(told.get(ENCRYPTED)).stream()
          .filter(name -> isEncrypted(parameters.get(name)))
          .forEach(names::add);
    }
    return names;
  }

  private static Collection<String> texts(JsonValue value) {
    return value instanceof JsonArray array
        ? array.stream()
            .filter(JsonString.class::isInstance)
            .map(text -> ((JsonString) text).getString())
            .toList()
        : Set.of();
  }

  /** The way to decrypt it, and what is to be decrypted. */
  private static boolean isEncrypted(JsonValue value) {
    Optional<String> way = texts(value).stream().findFirst();
    return way.filter(text -> text.endsWith("decrypt_v1")).isPresent();
  }
}
