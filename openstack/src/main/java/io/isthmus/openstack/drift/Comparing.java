package io.isthmus.openstack.drift;

import io.isthmus.domain.drift.PartComparison.Compared;
import io.isthmus.domain.drift.PropertyDrift;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.mirror.MirrorItem;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.openstack.resource.Bodies;
import io.isthmus.openstack.resource.Marks;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Collects what differs while one part is compared. */
final class Comparing {

  /** What the mirror says of what it had to leave out; see the bounds of its details. */
  private static final String[] CUT = {"truncated", "too_long"};

  private final List<PropertyDrift> drifts = new ArrayList<>();
  private final Set<String> untold = new HashSet<>();

  Compared result() {
    return new Compared(drifts, untold);
  }

  void add(PropertyDrift drift) {
    drifts.add(drift);
  }

  /** The mirror does not tell enough of it. */
  void untold(String property) {
    untold.add(property);
  }

  /** Whether what is absent from the details may have been there, and been too long to keep. */
  static boolean isCut(MirrorItem item) {
    for (String word : CUT) {
      if (item.details().containsKey(word)) {
        return true;
      }
    }
    return false;
  }

  void text(String property, String expected, String found) {
    if (!expected.equals(found)) {
      drifts.add(PropertyDrift.changed(property, expected, found));
    }
  }

  /** Without its mark nothing of ours ever touches it again. */
  void mark(DesiredPart part, MirrorItem item) {
    text("mark", Marks.text(part.mark()), item.mark().orElse(""));
  }

  /** The mark, and the name that was given or made. */
  void name(DesiredPart part, MirrorItem item) {
    mark(part, item);
    text(
        "name",
        Bodies.text(part.properties(), "name").orElse(part.physicalName()).strip(),
        item.name().strip());
  }

  /**
   * A yes or no.
   *
   * @param expected empty when it is not known what it was
   */
  void flag(String property, Optional<Boolean> expected, JsonObject details) {
    Optional<Boolean> found = Bodies.text(details, property).map(Boolean::parseBoolean);
    if (expected.isPresent() && found.isPresent() && !expected.equals(found)) {
      drifts.add(PropertyDrift.changed(property, json(expected.get()), json(found.get())));
    }
  }

  private static JsonValue json(boolean flag) {
    return flag ? JsonValue.TRUE : JsonValue.FALSE;
  }

  /** As it was given, else as the cloud chose it. */
  static Optional<Boolean> flag(JsonObject given, JsonObject chosen, String property) {
    return Bodies.text(given, property)
        .or(() -> Bodies.text(chosen, property))
        .map(Boolean::parseBoolean);
  }

  static JsonArray texts(Collection<String> texts) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    texts.stream().sorted().forEach(array::add);
    return array.build();
  }
}
