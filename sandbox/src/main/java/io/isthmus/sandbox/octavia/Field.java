package io.isthmus.sandbox.octavia;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.isthmus.sandbox.http.Fault;
import io.isthmus.sandbox.http.Json;
import io.isthmus.sandbox.neutron.Neutron;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One attribute of a resource of Octavia, as its API types describe them.
 *
 * @param required whether a create must name it
 * @param put whether an update may change it
 * @param standard its value when a create does not name it, and what an update to null sets it to
 * @param values the texts allowed, all when empty
 * @param least smallest number
 * @param most largest number
 * @see "octavia/api/v2/types"
 */
record Field(
    String name,
    Form form,
    boolean required,
    boolean put,
    JsonNode standard,
    List<String> values,
    int least,
    int most) {

  enum Form {
    TEXT,
    BOOL,
    NUMBER,
    UUID,
    ADDRESS,
    TEXTS,
    OBJECT,
    LIST
  }

  private static final int LONGEST_TEXT = 255;
  private static final Pattern UUID_FORM =
      Pattern.compile("[0-9a-fA-F]{8}-?([0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}");

  static Field of(String name, Form form) {
    return new Field(
        name,
        form,
        false,
        true,
        NullNode.instance,
        List.of(),
        Integer.MIN_VALUE,
        Integer.MAX_VALUE);
  }

  static Field text(String name, String standard) {
    return of(name, Form.TEXT).with(TextNode.valueOf(standard));
  }

  static Field bool(String name, boolean standard) {
    return of(name, Form.BOOL).with(BooleanNode.valueOf(standard));
  }

  static Field number(String name, int least, int most) {
    return new Field(name, Form.NUMBER, false, true, NullNode.instance, List.of(), least, most);
  }

  static Field tags() {
    return of("tags", Form.TEXTS).with(Json.arr());
  }

  Field with(JsonNode standardValue) {
    return new Field(name, form, required, put, standardValue, values, least, most);
  }

  Field with(int standardValue) {
    return with(IntNode.valueOf(standardValue));
  }

  Field mustBeNamed() {
    return new Field(name, form, true, put, standard, values, least, most);
  }

  /** May be named by a create only. */
  Field fixed() {
    return new Field(name, form, required, false, standard, values, least, most);
  }

  Field oneOf(String... allowed) {
    return new Field(name, form, required, put, standard, List.of(allowed), least, most);
  }

  /** The value in the form that Octavia stores; 400 when it has the wrong one. */
  JsonNode check(JsonNode value) {
    if (value.isNull()) {
      if (required) {
        throw invalid(value, "Mandatory field missing.");
      }
      return standard.deepCopy();
    }
    return switch (form) {
      case TEXT -> text(value);
      case BOOL -> {
        if (!value.isBoolean()) {
          throw invalid(value, "Wrong type. Expected '<class 'bool'>', got '" + type(value) + "'");
        }
        yield value;
      }
      case NUMBER -> number(value);
      case UUID -> {
        if (!value.isTextual() || !UUID_FORM.matcher(value.asText()).matches()) {
          throw invalid(value, "Value should be UUID format");
        }
        yield value;
      }
      case ADDRESS -> {
        if (!value.isTextual() || !Neutron.isAddress(value.asText())) {
          throw invalid(value, "Value should be IPv4 or IPv6 format");
        }
        yield value;
      }
      case TEXTS -> texts(value);
      case OBJECT -> {
        if (!value.isObject()) {
          throw invalid(value, "Wrong type. Expected an object, got '" + type(value) + "'");
        }
        yield value;
      }
      case LIST -> list(value);
    };
  }

  private JsonNode text(JsonNode value) {
    if (!value.isTextual()) {
      throw invalid(value, "Wrong type. Expected '<class 'str'>', got '" + type(value) + "'");
    }
    if (value.asText().length() > LONGEST_TEXT) {
      throw invalid(value, "Value should have a maximum character requirement of 255");
    }
    if (!values.isEmpty() && !values.contains(value.asText())) {
      throw invalid(value, "Value should be one of: " + String.join(", ", values));
    }
    return value;
  }

  private JsonNode number(JsonNode value) {
    if (!value.isInt()) {
      throw invalid(value, "unable to convert to int. Error: invalid literal for int()");
    }
    if (value.asInt() < least) {
      throw invalid(value, "Value should be greater or equal to " + least);
    }
    if (value.asInt() > most) {
      throw invalid(value, "Value should be lower or equal to " + most);
    }
    return value;
  }

  private JsonNode texts(JsonNode value) {
    for (JsonNode one : list(value)) {
      if (!one.isTextual() || one.asText().length() > LONGEST_TEXT) {
        throw invalid(one, "Value should have a maximum character requirement of 255");
      }
    }
    return value;
  }

  private JsonNode list(JsonNode value) {
    if (!value.isArray()) {
      throw invalid(value, "Wrong type. Expected '[...]', got '" + type(value) + "'");
    }
    return value;
  }

  private static String type(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> "<class 'str'>";
      case NUMBER -> value.isInt() ? "<class 'int'>" : "<class 'float'>";
      case BOOLEAN -> "<class 'bool'>";
      case ARRAY -> "<class 'list'>";
      default -> "<class 'dict'>";
    };
  }

  private Fault invalid(JsonNode value, String why) {
    String shown = value.isNull() ? "None" : value.asText(value.toString());
    return Fault.badRequest(
        "Invalid input for field/attribute " + name + ". Value: '" + shown + "'. " + why);
  }
}
