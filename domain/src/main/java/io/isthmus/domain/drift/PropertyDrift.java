package io.isthmus.domain.drift;

import io.isthmus.domain.json.Json;
import io.isthmus.domain.template.HiddenValues;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One property that is not as it was given to a cloud.
 *
 * @param property as the template names it, with dots: {@code networks.0.fixed_ip}
 * @param expected empty when nothing is to be there
 * @param found empty when nothing is there
 * @param item id of what was found within the resource, where it has one: who puts it right takes
 *     away that and nothing else
 */
public record PropertyDrift(
    String property,
    Change change,
    Optional<JsonValue> expected,
    Optional<JsonValue> found,
    Optional<String> item) {

  /** What was done. */
  public enum Change {
    CHANGED,
    /** Something may pass that could not: a rule, an address, a group was added. */
    OPENED,
    /** Something may not pass that could: a rule was removed. */
    CLOSED;

    /** As in an answer: {@code opened}. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public static PropertyDrift changed(String property, JsonValue expected, JsonValue found) {
    return new PropertyDrift(
        property, Change.CHANGED, given(expected), given(found), Optional.empty());
  }

  /** Of texts; an empty one stands for nothing. */
  public static PropertyDrift changed(String property, String expected, String found) {
    return changed(property, Json.createValue(expected), Json.createValue(found));
  }

  public static PropertyDrift opened(String property, JsonValue found) {
    return new PropertyDrift(
        property, Change.OPENED, Optional.empty(), given(found), Optional.empty());
  }

  /**
   * @param item id of what was added
   */
  public static PropertyDrift opened(String property, JsonValue found, String item) {
    return new PropertyDrift(
        property, Change.OPENED, Optional.empty(), given(found), Optional.of(item));
  }

  public static PropertyDrift closed(String property, JsonValue expected) {
    return new PropertyDrift(
        property, Change.CLOSED, given(expected), Optional.empty(), Optional.empty());
  }

  private static Optional<JsonValue> given(JsonValue value) {
    boolean nothing =
        value == JsonValue.NULL
            || value instanceof JsonString text && text.getString().isEmpty()
            || value instanceof JsonArray array && array.isEmpty();
    return nothing ? Optional.empty() : Optional.of(value);
  }

  /** The same for people, without what was made of hidden parameters. */
  PropertyDrift without(HiddenValues hidden) {
    return new PropertyDrift(
        property, change, expected.map(hidden::mask), found.map(hidden::mask), item);
  }

  /** A value as people read it: parts of an object one after the other, members with commas. */
  public static String text(JsonValue value) {
    if (value instanceof JsonString string) {
      return string.getString();
    }
    if (value instanceof JsonObject object) {
      return joined(object.values(), " ");
    }
    return value instanceof JsonArray array ? joined(array, ", ") : value.toString();
  }

  private static String joined(Collection<JsonValue> values, String between) {
    return values.stream().map(PropertyDrift::text).collect(Collectors.joining(between));
  }

  JsonObject write() {
    JsonObjectBuilder json =
        Json.createObjectBuilder().add("property", property).add("change", change.name());
    expected.ifPresent(value -> json.add("expected", value));
    found.ifPresent(value -> json.add("found", value));
    item.ifPresent(id -> json.add("item", id));
    return json.build();
  }

  static PropertyDrift read(JsonObject json) {
    return new PropertyDrift(
        json.getString("property"),
        Change.valueOf(json.getString("change")),
        Optional.ofNullable(json.get("expected")),
        Optional.ofNullable(json.get("found")),
        Optional.ofNullable(json.getString("item", null)));
  }
}
