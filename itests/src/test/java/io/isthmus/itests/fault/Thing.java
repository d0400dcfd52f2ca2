package io.isthmus.itests.fault;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something that a cloud keeps, as the cloud itself tells it.
 *
 * @param status as its service words it; empty where there is none
 * @param device what a port belongs to; empty for all else
 * @param colour what a server's metadata says of it; empty for all else
 */
record Thing(
    String type,
    String cloud,
    String region,
    String id,
    String name,
    String status,
    Optional<Mark> mark,
    String device,
    String colour) {

  static final String SERVER = "OS::Nova::Server";
  static final String PORT = "OS::Neutron::Port";

  private static final Pattern DESCRIBED =
      Pattern.compile("\\[isthmus:([0-9a-f-]{36}):(\\d{1,9}):([^\\]]+)\\]$");

  /** By what Isthmus knows its own. */
  record Mark(String stack, String resource, int generation) {

    /** Whether it is on something that stands beside a resource, as a server's port does. */
    boolean isBeside() {
      return resource.contains("#");
    }
  }

  static Thing of(String type, String cloud, String region, JsonObject row) {
    JsonObject metadata =
        row.get("metadata") instanceof JsonObject kept ? kept : JsonObject.EMPTY_JSON_OBJECT;
    return new Thing(
        type,
        cloud,
        region,
        row.getString("id"),
        text(row, "name"),
        text(row, "status"),
        mark(metadata).or(() -> mark(text(row, "description"))),
        text(row, "device_id"),
        text(metadata, "colour"));
  }

  /** Null in JSON is as good as nothing. */
  private static String text(JsonObject row, String key) {
    return row.get(key) instanceof JsonString value ? value.getString() : "";
  }

  private static Optional<Mark> mark(JsonObject metadata) {
    String stack = text(metadata, "isthmus:stack");
    return stack.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Mark(
                stack,
                text(metadata, "isthmus:resource"),
                Integer.parseInt(text(metadata, "isthmus:generation"))));
  }

  private static Optional<Mark> mark(String description) {
    Matcher mark = DESCRIBED.matcher(description);
    return mark.find()
        ? Optional.of(new Mark(mark.group(1), mark.group(3), Integer.parseInt(mark.group(2))))
        : Optional.empty();
  }

  boolean isServer() {
    return type.equals(SERVER);
  }

  boolean isPort() {
    return type.equals(PORT);
  }

  String where() {
    return cloud + "/" + region;
  }
}
