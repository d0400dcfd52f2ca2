package io.isthmus.openstack.drift;

import io.isthmus.domain.drift.PropertyDrift;
import io.isthmus.domain.drift.Surroundings;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.mirror.MirrorKind;
import io.isthmus.openstack.resource.Bodies;
import io.isthmus.openstack.resource.Names;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Security groups of ports. */
final class Groups {
  private static final String PROPERTY = "security_groups";

  private Groups() {}

  /**
   * Ids of the groups that were given.
   *
   * @return empty when none were, so that the cloud chose; or when a name cannot be told, which is
   *     noted then
   */
  static Optional<Set<String>> given(
      JsonObject properties, Surroundings around, Comparing comparing) {
    Set<String> ids = new HashSet<>();
    for (String group : Bodies.texts(properties, PROPERTY)) {
      Optional<String> id = id(group, around);
      if (id.isEmpty()) {
        comparing.untold(PROPERTY);
        return Optional.empty();
      }
      ids.add(id.get());
    }
    return properties.get(PROPERTY) instanceof JsonArray ? Optional.of(ids) : Optional.empty();
  }

  static Optional<String> id(String nameOrId, Surroundings around) {
    if (Names.isId(nameOrId)) {
      return Optional.of(nameOrId);
    }
    List<String> ids = around.named(MirrorKind.SECURITY_GROUP, nameOrId);
    return ids.size() == 1 ? Optional.of(ids.get(0)) : Optional.empty();
  }

  /** Each that was added opens, each that was removed closes. */
  static void compare(
      Set<String> expected, JsonObject port, Surroundings around, Comparing comparing) {
    List<String> found = Bodies.texts(port, PROPERTY);
    found.stream()
        .filter(one -> !expected.contains(one))
        .forEach(
            one ->
                comparing.add(PropertyDrift.opened(PROPERTY, Json.createValue(told(one, around)))));
    List<String> missing = new ArrayList<>(expected);
    missing.removeAll(found);
    missing.stream()
        .sorted()
        .forEach(
            one ->
                comparing.add(PropertyDrift.closed(PROPERTY, Json.createValue(told(one, around)))));
  }

  /** By name, since nobody knows ids by heart. */
  static String told(String id, Surroundings around) {
    return around.name(MirrorKind.SECURITY_GROUP, id).orElse(id);
  }
}
