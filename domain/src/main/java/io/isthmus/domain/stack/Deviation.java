package io.isthmus.domain.stack;

import io.isthmus.domain.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.Optional;

/**
 * One property of a part that was changed in its cloud behind our back, as who puts it right needs
 * to know it. Values are those that people are told, without what was made of hidden parameters.
 *
 * @param property as the template names it, with dots: {@code networks.0.fixed_ip}
 * @param expected empty when nothing is to be there
 * @param found empty when nothing is there
 * @param item id of what was found within the resource, such as a rule of a security group
 * @param since when it was found
 * @param tries how often it was put right in vain
 */
public record Deviation(
    String property,
    Optional<JsonValue> expected,
    Optional<JsonValue> found,
    Optional<String> item,
    Instant since,
    int tries) {

  /** What was put right so often in vain is left as it is, and told. */
  public static final int MOST_TRIES = 3;

  /** The property of the resource's type: {@code networks}. */
  public String root() {
    int dot = property.indexOf('.');
    return dot < 0 ? property : property.substring(0, dot);
  }

  /** As drivers read it; see {@link ResourceDriver#FOUND}. */
  public JsonObject write() {
    JsonObjectBuilder json = Json.createObjectBuilder().add("property", property);
    expected.ifPresent(value -> json.add("expected", value));
    found.ifPresent(value -> json.add("found", value));
    item.ifPresent(id -> json.add("item", id));
    return json.build();
  }
}
