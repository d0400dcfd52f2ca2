package io.isthmus.domain.stack.update;

import io.isthmus.domain.template.PropertySchema;
import io.isthmus.domain.template.ResourceType;
import io.isthmus.domain.template.Values;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

/**
 * Which changes of properties Heat makes in place.
 *
 * @see "Heat, OpenStack Resource Types: “Can be updated without replacement”; for servers also
 *     flavor_update_policy, image_update_policy and user_data_update_policy"
 */
final class InPlace {

  static final String SERVER = "OS::Nova::Server";
  private static final String REPLACE = "REPLACE";

  private InPlace() {}

  /**
   * @param property a property of the type
   * @param after what its properties shall be
   */
  static boolean isUpdated(ResourceType type, String property, JsonObject after) {
    PropertySchema schema = type.properties().get(property);
    if (schema == null || !schema.updatable()) {
      return false;
    }
    if (!type.name().equals(SERVER)) {
      return true;
    }
    return switch (property) {
      case "flavor" -> !policy(after, "flavor_update_policy", "RESIZE").equals(REPLACE);
      case "image" -> !policy(after, "image_update_policy", "REBUILD").equals(REPLACE);
      case "user_data" -> !policy(after, "user_data_update_policy", REPLACE).equals(REPLACE);
      default -> true;
    };
  }

  /** One of a server's policies about its update. */
  static String policy(JsonObject properties, String name, String otherwise) {
    JsonValue given = properties.getOrDefault(name, JsonValue.NULL);
    return given.equals(JsonValue.NULL) ? otherwise : Values.python(given);
  }
}
