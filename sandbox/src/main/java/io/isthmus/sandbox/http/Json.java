package io.isthmus.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/** JSON trees and the spellings of time that OpenStack's services use. */
public final class Json {
  public static final ObjectMapper MAPPER = new ObjectMapper();

  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

  private Json() {}

  public static ObjectNode obj() {
    return JsonNodeFactory.instance.objectNode();
  }

  public static ArrayNode arr() {
    return JsonNodeFactory.instance.arrayNode();
  }

  public static ArrayNode texts(Iterable<String> values) {
    ArrayNode array = arr();
    values.forEach(array::add);
    return array;
  }

  /**
   * A moment as clients write it: with a zone, or without one, which then means UTC; a blank is a
   * plus that was not encoded. Empty when it is none.
   */
  public static Optional<Instant> moment(String text) {
    try {
      String iso = text.replace(' ', '+');
      return Optional.of(
          iso.matches(".*T.*(Z|[+-]\\d\\d:?\\d\\d)$")
              ? OffsetDateTime.parse(iso.replaceFirst("([+-]\\d\\d)(\\d\\d)$", "$1:$2")).toInstant()
              : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC));
    } catch (DateTimeParseException none) {
      return Optional.empty();
    }
  }

  /** The field's text, or null when it is absent, null or not text. */
  public static String text(JsonNode node, String field) {
    JsonNode value = node.get(field);
    return value instanceof TextNode ? value.textValue() : null;
  }

  /** The texts of an array field; empty when the field is absent. */
  public static List<String> textsOf(JsonNode node, String field) {
    List<String> values = new ArrayList<>();
    node.path(field).forEach(value -> values.add(value.asText()));
    return values;
  }

  /** The row without the fields that only the sandbox itself sees, whose names begin with "_". */
  public static ObjectNode visible(ObjectNode row) {
    ObjectNode copy = row.deepCopy();
    List<String> hidden = new ArrayList<>();
    copy.fieldNames()
        .forEachRemaining(
            name -> {
              if (name.startsWith("_")) {
                hidden.add(name);
              }
            });
    copy.remove(hidden);
    return copy;
  }

  /** The value as Python prints it, which is how it stands in the services' messages. */
  public static String python(JsonNode value) {
    if (value.isObject()) {
      StringJoiner items = new StringJoiner(", ", "{", "}");
      value
          .fields()
          .forEachRemaining(e -> items.add("'" + e.getKey() + "': " + python(e.getValue())));
      return items.toString();
    }
    if (value.isArray()) {
      StringJoiner items = new StringJoiner(", ", "[", "]");
      value.forEach(item -> items.add(python(item)));
      return items.toString();
    }
    if (value.isTextual()) {
      return "'" + value.asText() + "'";
    }
    if (value.isBoolean()) {
      return value.asBoolean() ? "True" : "False";
    }
    return value.isNull() ? "None" : value.toString();
  }

  /** A link list with one entry. */
  public static ArrayNode link(String rel, String href) {
    ArrayNode links = arr();
    links.addObject().put("rel", rel).put("href", href);
    return links;
  }

  /** As Nova, Neutron and Glance write it: {@code 2026-11-25T02:00:00Z}. */
  public static String seconds(Instant time) {
    return SECONDS.format(time);
  }

  /** As Cinder and Nova's usage fields write it: microseconds and no zone. */
  public static String micros(Instant time) {
    return MICROS.format(time);
  }

  /** As Keystone writes it: microseconds and {@code Z}. */
  public static String microsZ(Instant time) {
    return MICROS.format(time) + "Z";
  }
}
