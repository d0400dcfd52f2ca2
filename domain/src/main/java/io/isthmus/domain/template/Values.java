package io.isthmus.domain.template;

import io.isthmus.domain.json.Json;
import io.isthmus.domain.yaml.YamlNode;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** JSON values as HOT sees them, and their text form, which is Python's. */
public final class Values {

  /** Longer numbers are taken for text: reading them takes a time that grows with the square. */
  private static final int MAX_DIGITS = 400;

  private Values() {}

  public static JsonString text(String text) {
    return Json.createValue(text);
  }

  public static JsonValue number(BigDecimal number) {
    return Json.createValue(number);
  }

  public static JsonValue number(long number) {
    return Json.createValue(number);
  }

  public static JsonValue bool(boolean value) {
    return value ? JsonValue.TRUE : JsonValue.FALSE;
  }

  public static JsonArrayBuilder array() {
    return Json.createArrayBuilder();
  }

  public static JsonArray array(List<? extends JsonValue> items) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    items.forEach(array::add);
    return array.build();
  }

  public static JsonObjectBuilder object() {
    return Json.createObjectBuilder();
  }

  /** The text of a string value. */
  public static Optional<String> asText(JsonValue value) {
    return value instanceof JsonString string ? Optional.of(string.getString()) : Optional.empty();
  }

  /** A scalar as YAML 1.1 and Python read it. */
  public static JsonValue of(YamlNode.Scalar scalar) {
    return switch (scalar.type()) {
      case TEXT -> text(scalar.text());
      case NULL -> JsonValue.NULL;
      case BOOLEAN -> bool(scalar.isTrue());
      case INTEGER -> integer(scalar.text());
      case NUMBER -> decimal(scalar.text());
    };
  }

  private static JsonValue integer(String written) {
    if (written.length() > MAX_DIGITS) {
      return text(written);
    }
    String digits = written.replace("_", "");
    boolean negative = digits.startsWith("-");
    if (negative || digits.startsWith("+")) {
      digits = digits.substring(1);
    }
    try {
      BigInteger value;
      if (digits.startsWith("0b")) {
        value = new BigInteger(digits.substring(2), 2);
      } else if (digits.startsWith("0x")) {
        value = new BigInteger(digits.substring(2), 16);
      } else if (digits.length() > 1 && digits.startsWith("0")) {
        value = new BigInteger(digits, 8);
      } else if (digits.contains(":")) {
        value = sexagesimal(digits).toBigIntegerExact();
      } else {
        value = new BigInteger(digits);
      }
      return Json.createValue(negative ? value.negate() : value);
    } catch (ArithmeticException | NumberFormatException e) {
      return text(written);
    }
  }

  private static JsonValue decimal(String written) {
    if (written.length() > MAX_DIGITS) {
      return text(written);
    }
    String digits = written.replace("_", "");
    boolean negative = digits.startsWith("-");
    if (negative || digits.startsWith("+")) {
      digits = digits.substring(1);
    }
    try {
      double value =
          digits.contains(":") ? sexagesimal(digits).doubleValue() : Double.parseDouble(digits);
      if (Double.isNaN(value) || Double.isInfinite(value)) {
        return text(written);
      }
      return Json.createValue(BigDecimal.valueOf(negative ? -value : value));
    } catch (NumberFormatException e) {
      // .inf and .nan have no JSON form.
      return text(written);
    }
  }

  private static BigDecimal sexagesimal(String digits) {
    BigDecimal value = BigDecimal.ZERO;
    for (String part : digits.split(":", -1)) {
      value = value.multiply(BigDecimal.valueOf(60)).add(new BigDecimal(part));
    }
    return value;
  }

  /** JSON text as a value; empty when it is not JSON. */
  public static Optional<JsonValue> parse(String json) {
    try (JsonReader reader = Json.createReader(new StringReader(json))) {
      return Optional.of(reader.readValue());
    } catch (JsonException | IllegalStateException e) {
      return Optional.empty();
    }
  }

  /** A number as JSON or text gives it. */
  public static Optional<BigDecimal> asNumber(JsonValue value) {
    if (value instanceof JsonNumber number) {
      return Optional.of(number.bigDecimalValue()).filter(Values::isOfUsualSize);
    }
    if (value instanceof JsonString string && string.getString().length() <= MAX_DIGITS) {
      try {
        return Optional.of(new BigDecimal(string.getString().strip()))
            .filter(Values::isOfUsualSize);
      } catch (NumberFormatException e) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** Within what Python's float holds, so that no calculation with it takes long. */
  private static boolean isOfUsualSize(BigDecimal number) {
    return Math.abs((long) number.scale()) <= MAX_DIGITS;
  }

  /** The words that OpenStack takes for true and false, as {@code bool_from_string} strictly. */
  public static Optional<Boolean> asBoolean(JsonValue value) {
    if (value == JsonValue.TRUE || value.getValueType() == JsonValue.ValueType.TRUE) {
      return Optional.of(true);
    }
    if (value.getValueType() == JsonValue.ValueType.FALSE) {
      return Optional.of(false);
    }
    if (!(value instanceof JsonString) && !(value instanceof JsonNumber)) {
      return Optional.empty();
    }
    return switch (python(value).strip().toLowerCase(Locale.ROOT)) {
      case "1", "t", "true", "on", "y", "yes" -> Optional.of(true);
      case "0", "f", "false", "off", "n", "no" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  /** Python's {@code str()} of a value; maps and lists as JSON with sorted keys. */
  public static String python(JsonValue value) {
    if (value instanceof JsonString string) {
      return string.getString();
    }
    return switch (value.getValueType()) {
      case NULL -> "";
      case TRUE -> "True";
      case FALSE -> "False";
      case NUMBER -> pythonNumber(((JsonNumber) value).bigDecimalValue());
      default -> sortedJson(value);
    };
  }

  private static String pythonNumber(BigDecimal number) {
    if (number.scale() == 0) {
      return number.toPlainString();
    }
    BigDecimal size = number.abs();
    if (size.signum() == 0) {
      return "0.0";
    }
    if (size.compareTo(new BigDecimal("0.0001")) >= 0
        && size.compareTo(BigDecimal.TEN.pow(16)) < 0) {
      String plain = number.stripTrailingZeros().toPlainString();
      return plain.contains(".") ? plain : plain + ".0";
    }
    BigDecimal stripped = number.stripTrailingZeros();
    int exponent = stripped.precision() - stripped.scale() - 1;
    String digits = stripped.movePointLeft(exponent).toPlainString();
    return digits
        + "e"
        + (exponent < 0 ? "-" : "+")
        + (Math.abs(exponent) < 10 ? "0" : "")
        + Math.abs(exponent);
  }

  /** JSON as Python's {@code json.dumps(value, sort_keys=True)} writes it. */
  public static String sortedJson(JsonValue value) {
    StringBuilder out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  private static void write(JsonValue value, StringBuilder out) {
    if (value instanceof JsonObject object) {
      String between = "";
      out.append('{');
      for (Map.Entry<String, JsonValue> entry : new TreeMap<>(object).entrySet()) {
        out.append(between);
        quote(entry.getKey(), out);
        out.append(": ");
        write(entry.getValue(), out);
        between = ", ";
      }
      out.append('}');
    } else if (value instanceof JsonArray list) {
      String between = "";
      out.append('[');
      for (JsonValue item : list) {
        out.append(between);
        write(item, out);
        between = ", ";
      }
      out.append(']');
    } else if (value instanceof JsonString string) {
      quote(string.getString(), out);
    } else if (value instanceof JsonNumber number) {
      out.append(pythonNumber(number.bigDecimalValue()));
    } else {
      out.append(value);
    }
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> {
          if (c < 0x20 || c > 0x7e) {
            out.append("\\u%04x".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  /** Whether two values are equal as in Python, where 1 and 1.0 are. */
  public static boolean isSame(JsonValue left, JsonValue right) {
    if (left instanceof JsonNumber one && right instanceof JsonNumber other) {
      return one.bigDecimalValue().compareTo(other.bigDecimalValue()) == 0;
    }
    if (left instanceof JsonArray list && right instanceof JsonArray other) {
      boolean same = list.size() == other.size();
      for (int i = 0; same && i < list.size(); i++) {
        same = isSame(list.get(i), other.get(i));
      }
      return same;
    }
    if (left instanceof JsonObject map && right instanceof JsonObject other) {
      return map.keySet().equals(other.keySet())
          && map.entrySet().stream()
              .allMatch(entry -> isSame(entry.getValue(), other.get(entry.getKey())));
    }
    return left.equals(right);
  }

  /** A value short enough for a message. */
  public static String shown(JsonValue value) {
    String text = python(value);
    return text.length() <= 80 ? text : text.substring(0, 77) + "…";
  }
}
