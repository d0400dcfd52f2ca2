package io.isthmus.sandbox.neutron;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.isthmus.sandbox.http.Fault;
import io.isthmus.sandbox.http.Json;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One attribute of a Neutron resource, as Neutron's own attribute maps describe them.
 *
 * @param required whether a create must name it
 * @param post whether a create may name it
 * @param put whether an update may change it
 * @param standard its value when a create does not name it; null leaves it to the resource
 * @param values the texts allowed, all when empty
 */
record Attribute(
    String name,
    Type type,
    boolean required,
    boolean post,
    boolean put,
    JsonNode standard,
    List<String> values) {

  enum Type {
    TEXT,
    BOOL,
    UUID,
    UUID_OR_NULL,
    NUMBER,
    LIST,
    OBJECT_OR_NULL,
    ADDRESS_OR_NULL,
    ANY
  }

  private static final Pattern UUID_FORM =
      Pattern.compile("[0-9a-fA-F]{8}-?([0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}");

  static Attribute text(String name, String standard) {
    return new Attribute(name, Type.TEXT, false, true, true, TextNode.valueOf(standard), List.of());
  }

  static Attribute bool(String name, boolean standard) {
    return new Attribute(
        name, Type.BOOL, false, true, true, BooleanNode.valueOf(standard), List.of());
  }

  static Attribute list(String name) {
    return new Attribute(name, Type.LIST, false, true, true, Json.arr(), List.of());
  }

  static Attribute number(String name, int standard) {
    return new Attribute(
        name, Type.NUMBER, false, true, true, IntNode.valueOf(standard), List.of());
  }

  static Attribute uuid(String name) {
    return new Attribute(name, Type.UUID, true, true, false, null, List.of());
  }

  static Attribute uuidOrNull(String name) {
    return new Attribute(name, Type.UUID_OR_NULL, false, true, false, NullNode.instance, List.of());
  }

  static Attribute any(String name, JsonNode standard) {
    return new Attribute(name, Type.ANY, false, true, true, standard, List.of());
  }

  static Attribute of(String name, Type type, JsonNode standard) {
    return new Attribute(name, type, false, true, true, standard, List.of());
  }

  Attribute mustBeNamed() {
    return new Attribute(name, type, true, post, put, standard, values);
  }

  Attribute fixed() {
    return new Attribute(name, type, required, post, false, standard, values);
  }

  Attribute onlyOneOf(String... allowed) {
    return new Attribute(name, type, required, post, put, standard, List.of(allowed));
  }

  /** The value in the form Neutron stores; 400 when it has the wrong one. */
  JsonNode check(JsonNode value) {
    String shown = value.isTextual() ? value.asText() : value.toString();
    return switch (type) {
      case TEXT -> {
        if (!value.isTextual() && !(value.isNull() && standard != null && standard.isNull())) {
          throw invalid("'" + (value.isNull() ? "None" : shown) + "' is not a valid string.");
        }
        if (value.asText().length() > 255) {
          throw invalid("'" + shown + "' exceeds maximum length of 255.");
        }
        if (!values.isEmpty() && !value.isNull() && !values.contains(value.asText())) {
          throw invalid(shown + " is not in valid_values.");
        }
        yield value;
      }
      case BOOL -> bool(value, shown);
      case UUID -> {
        requireUuid(value, shown);
        yield value;
      }
      case UUID_OR_NULL -> {
        if (!value.isNull()) {
          requireUuid(value, shown);
        }
        yield value;
      }
      case NUMBER -> number(value, shown);
      case LIST -> {
        if (value.isNull()) {
          yield Json.arr();
        }
        if (!value.isArray()) {
          throw invalid("'" + shown + "' is not a list.");
        }
        yield value;
      }
      case OBJECT_OR_NULL -> {
        if (!value.isObject() && !value.isNull()) {
          throw invalid("'" + shown + "' is not a dictionary.");
        }
        yield value;
      }
      case ADDRESS_OR_NULL -> {
        if (!value.isNull()) {
          requireAddress(value, shown);
        }
        yield value;
      }
      case ANY -> value;
    };
  }

  private JsonNode bool(JsonNode value, String shown) {
    if (value.isBoolean()) {
      return value;
    }
    return switch (value.asText().toLowerCase(java.util.Locale.ROOT)) {
      case "true", "1" -> BooleanNode.TRUE;
      case "false", "0" -> BooleanNode.FALSE;
      default -> throw invalid("'" + shown + "' cannot be converted to boolean.");
    };
  }

  private JsonNode number(JsonNode value, String shown) {
    try {
      return IntNode.valueOf(Integer.parseInt(value.asText()));
    } catch (NumberFormatException wrong) {
      throw invalid("'" + shown + "' is not an integer.");
    }
  }

  private void requireUuid(JsonNode value, String shown) {
    if (!value.isTextual() || !UUID_FORM.matcher(value.asText()).matches()) {
      throw invalid("'" + (value.isNull() ? "None" : shown) + "' is not a valid UUID.");
    }
  }

  private void requireAddress(JsonNode value, String shown) {
    try {
      Cidr.version(value.asText());
    } catch (IllegalArgumentException wrong) {
      throw invalid("'" + shown + "' is not a valid IP address.");
    }
  }

  private Fault invalid(String reason) {
    return Fault.badRequest("Invalid input for " + name + ". Reason: " + reason);
  }
}
