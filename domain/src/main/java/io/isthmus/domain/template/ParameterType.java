package io.isthmus.domain.template;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** HOT's parameter types; each knows how text from a form or a command line becomes its value. */
public enum ParameterType {
  STRING("string") {
    @Override
    public Optional<JsonValue> read(JsonValue given) {
      return Optional.of(given instanceof JsonString ? given : Values.text(Values.python(given)));
    }
  },
  NUMBER("number") {
    @Override
    public Optional<JsonValue> read(JsonValue given) {
      return Values.asNumber(given).map(Values::number);
    }
  },
  COMMA_DELIMITED_LIST("comma_delimited_list") {
    @Override
    public Optional<JsonValue> read(JsonValue given) {
      if (given instanceof JsonArray list) {
        return Optional.of(
            Values.array(list.stream().map(item -> Values.text(Values.python(item))).toList()));
      }
      if (given instanceof JsonObject) {
        return Optional.empty();
      }
      String text = Values.python(given);
      Stream<String> items = text.isEmpty() ? Stream.empty() : Arrays.stream(text.split(",", -1));
      return Optional.of(Values.array(items.map(Values::text).toList()));
    }
  },
  JSON("json") {
    @Override
    public Optional<JsonValue> read(JsonValue given) {
      if (given instanceof JsonString text) {
        return text.getString().isBlank()
            ? Optional.of(JsonValue.EMPTY_JSON_OBJECT)
            : Values.parse(text.getString()).filter(ParameterType::isMapOrList);
      }
      return Optional.of(given).filter(ParameterType::isMapOrList);
    }
  },
  BOOLEAN("boolean") {
    @Override
    public Optional<JsonValue> read(JsonValue given) {
      return Values.asBoolean(given).map(Values::bool);
    }
  };

  private final String text;

  ParameterType(String text) {
    this.text = text;
  }

  /** As in a template. */
  public String text() {
    return text;
  }

  /**
   * The value of this type that something given means, as Heat takes it: {@code "5"} is a number,
   * {@code "yes"} a boolean, {@code "a,b"} a list.
   *
   * @return empty when it means none
   */
  public abstract Optional<JsonValue> read(JsonValue given);

  private static boolean isMapOrList(JsonValue value) {
    return value instanceof JsonObject || value instanceof JsonArray;
  }

  static Optional<ParameterType> find(String text) {
    return Arrays.stream(values()).filter(type -> type.text.equals(text)).findFirst();
  }

  static List<String> names() {
    return Arrays.stream(values()).map(ParameterType::text).toList();
  }
}
