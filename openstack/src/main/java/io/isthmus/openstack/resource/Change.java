package io.isthmus.openstack.resource;

import io.isthmus.domain.json.Json;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.domain.stack.ResourceDriver;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a part shall become, and what there is of it.
 *
 * <p>A property that is given is wanted. One that was given and is given no more is wanted as it is
 * when nobody says anything. One that was never given is left as it is.
 *
 * @param part with the properties that it shall have
 * @param before the properties that were given last, with what was tried in vain; see {@link
 *     #tried}
 * @param there what the cloud tells
 */
public record Change(DesiredPart part, JsonObject before, JsonObject there) {

  /**
   * A property and the field of the cloud's object that shows it.
   *
   * @param standard the field's value when the property is given no more; empty when it then stays
   * @param inOrder whether the order of a list means something
   */
  public record Field(String property, String name, Optional<JsonValue> standard, boolean inOrder) {

    /** A field of the property's name. */
    public static Field of(String property, JsonValue standard) {
      return of(property, property, standard);
    }

    public static Field of(String property, String name, JsonValue standard) {
      return new Field(property, name, Optional.of(standard), false);
    }

    /** A field that stays as it is when the property is given no more. */
    public static Field staying(String property) {
      return new Field(property, property, Optional.empty(), false);
    }

    /** The same, its list compared in order. */
    public Field ordered() {
      return new Field(property, name, standard, true);
    }
  }

  public JsonObject properties() {
    return part.properties();
  }

  /**
   * All properties of which something may be there. Lists of {@link #before} are those of the last
   * attempt alone, which may have failed before it took away what is only in an earlier one.
   */
  public List<JsonObject> tried() {
    return ResourceDriver.tried(before);
  }

  public String id() {
    return there.getString("id");
  }

  public Change with(JsonObject seen) {
    return new Change(part, before, seen);
  }

  public boolean gives(String property) {
    return isGiven(properties(), property);
  }

  /** Whether the property was given and is given no more. */
  public boolean isGone(String property) {
    return !gives(property) && tried().stream().anyMatch(past -> isGiven(past, property));
  }

  /** Whether the property is or was given, or was changed behind our back. */
  public boolean concerns(String property) {
    return gives(property) || isGone(property) || hasDrifted(property);
  }

  /** Whether the part is to be put back to what it was given already. */
  public boolean putsRight() {
    return !ResourceDriver.found(before).isEmpty();
  }

  /** Whether the property was changed behind our back and is to be put right. */
  public boolean hasDrifted(String property) {
    return !drifts(property).isEmpty();
  }

  /** What was found of a property that was changed behind our back. */
  public List<JsonObject> drifts(String property) {
    return ResourceDriver.found(before).stream()
        .filter(
            one -> {
              String name = one.getString("property", "");
              return name.equals(property) || name.startsWith(property + ".");
            })
        .toList();
  }

  /** Ids of what was added to a property behind our back. */
  public Set<String> added(String property) {
    Set<String> ids = new LinkedHashSet<>();
    drifts(property).forEach(one -> Bodies.text(one, "item").ifPresent(ids::add));
    return ids;
  }

  /** What a yes or no that was not given was first, where it was changed behind our back. */
  private Optional<JsonValue> flagBefore(String property) {
    return drifts(property).stream()
        .map(one -> one.get("expected"))
        .filter(value -> value == JsonValue.TRUE || value == JsonValue.FALSE)
        .findFirst();
  }

  /** Whether the property is given otherwise than at last. */
  public boolean differsFromBefore(String property) {
    return differs(property, before);
  }

  /** Whether the property is given otherwise than it may be, by anything that was tried. */
  public boolean differsFromTried(String property) {
    return tried().stream().anyMatch(past -> differs(property, past));
  }

  private boolean differs(String property, JsonObject past) {
    JsonValue wanted = properties().getOrDefault(property, JsonValue.NULL);
    return !wanted.equals(past.getOrDefault(property, JsonValue.NULL));
  }

  private static boolean isGiven(JsonObject properties, String property) {
    JsonValue value = properties.get(property);
    return value != null && value != JsonValue.NULL;
  }

  /**
   * Those fields that are not as they shall be.
   *
   * @param body the cloud's fields as a creation would send them
   */
  public JsonObjectBuilder differing(JsonObject body, List<Field> fields) {
    JsonObjectBuilder differing = Json.createObjectBuilder();
    for (Field field : fields) {
      Optional<JsonValue> wanted =
          gives(field.property())
              ? Optional.ofNullable(body.get(field.name()))
              : flagBefore(field.property())
                  .or(
                      () ->
                          field
                              .standard()
                              .filter(
                                  ignored ->
                                      isGone(field.property()) || hasDrifted(field.property())));
      wanted
          .filter(value -> !Same.fits(value, there.get(field.name()), field.inOrder()))
          .ifPresent(value -> differing.add(field.name(), value));
    }
    return differing;
  }

  /** The name, if it is given or was, and is not the one that is wanted. */
  public Optional<String> newName() {
    String wanted = Bodies.text(properties(), "name").orElse(part.physicalName());
    return concerns("name") && !wanted.equals(there.getString("name", ""))
        ? Optional.of(wanted)
        : Optional.empty();
  }

  /**
   * The tags, if they are not as they shall be: those that are wanted, and of those that are there
   * the ones that nobody asked to go.
   */
  public Optional<List<String>> newTags() {
    Set<String> tags = new LinkedHashSet<>(Bodies.texts(there, "tags"));
    tried().forEach(past -> Bodies.texts(past, "tags").forEach(tags::remove));
    Marks.tags(part.mark()).stream()
        .filter(Bodies.texts(there, "tags")::contains)
        .forEach(tags::add);
    tags.addAll(Bodies.texts(properties(), "tags"));
    return new TreeSet<>(tags).equals(new TreeSet<>(Bodies.texts(there, "tags")))
        ? Optional.empty()
        : Optional.of(new ArrayList<>(tags));
  }

  /** Metadata that is to be set, as texts; what others have written is left out. */
  public JsonObject newMetadata() {
    JsonObject present = metadata(there);
    JsonObjectBuilder set = Json.createObjectBuilder();
    metadata(properties())
        .forEach(
            (key, value) -> {
              String text = text(value);
              if (!Marks.isOurs(key) && !text.equals(present.getString(key, null))) {
                set.add(key, text);
              }
            });
    return set.build();
  }

  /** Keys of metadata that were given, are given no more and are still there. */
  public List<String> oldMetadata() {
    return metadata(before).keySet().stream()
        .filter(key -> !Marks.isOurs(key))
        .filter(key -> !metadata(properties()).containsKey(key))
        .filter(metadata(there)::containsKey)
        .toList();
  }

  /** As services want the values of metadata. */
  public static String text(JsonValue value) {
    return value instanceof JsonString text ? text.getString() : value.toString();
  }

  private static JsonObject metadata(JsonObject object) {
    return object.get("metadata") instanceof JsonObject metadata
        ? metadata
        : JsonValue.EMPTY_JSON_OBJECT;
  }
}
