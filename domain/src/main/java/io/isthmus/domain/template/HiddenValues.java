package io.isthmus.domain.template;

import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The values of a stack's hidden parameters, to be taken out of what is told: a cloud that refuses
 * a property repeats it, and what was made of one shows it. A value of a few characters is taken
 * out only where it stands alone, as it may be part of any word.
 */
public final class HiddenValues {

  public static final HiddenValues NONE = new HiddenValues(List.of());

  /** Fewest characters of what is found within a text. */
  private static final int LEAST = 4;

  /** Longest first, so that none is left in part. */
  private final Set<String> texts =
      new TreeSet<>(
          Comparator.comparing(String::length).reversed().thenComparing(Comparator.naturalOrder()));

  /** Those of all parameters, when it cannot be known which are hidden. */
  public static HiddenValues of(JsonObject parameters) {
    return new HiddenValues(parameters.values());
  }

  HiddenValues(Collection<JsonValue> values) {
    values.forEach(this::collect);
    texts.remove("");
  }

  private void collect(JsonValue value) {
    if (value instanceof JsonObject object) {
      object.values().forEach(this::collect);
    } else if (value instanceof JsonArray array) {
      array.forEach(this::collect);
    } else if (value instanceof JsonString string) {
      texts.add(string.getString());
      // A text of several lines is often told without its last end.
      texts.add(string.getString().strip());
    } else if (value instanceof JsonNumber number) {
      texts.add(number.toString());
    }
  }

  /** These and others. */
  public HiddenValues and(HiddenValues others) {
    HiddenValues both = new HiddenValues(List.of());
    both.texts.addAll(texts);
    both.texts.addAll(others.texts);
    return both;
  }

  public boolean isEmpty() {
    return texts.isEmpty();
  }

  /** The text with {@link ParameterValues#MASK} in the place of each value. */
  public String mask(String text) {
    if (texts.contains(text)) {
      return ParameterValues.MASK;
    }
    String masked = text;
    for (String hidden : texts) {
      if (hidden.length() < LEAST) {
        break;
      }
      masked = masked.replace(hidden, ParameterValues.MASK);
      String quoted = quoted(hidden);
      if (!quoted.equals(hidden)) {
        masked = masked.replace(quoted, ParameterValues.MASK);
      }
    }
    return masked;
  }

  /** As it stands within JSON, such as a cloud's answer. */
  private static String quoted(String text) {
    String json = Json.createValue(text).toString();
    return json.substring(1, json.length() - 1);
  }

  /** The same with masked texts and numbers. */
  public JsonValue mask(JsonValue value) {
    if (isEmpty()) {
      return value;
    }
    if (value instanceof JsonObject object) {
      return mask(object);
    }
    if (value instanceof JsonArray array) {
      JsonArrayBuilder masked = Json.createArrayBuilder();
      array.forEach(item -> masked.add(mask(item)));
      return masked.build();
    }
    if (value instanceof JsonString string) {
      return Values.text(mask(string.getString()));
    }
    return value instanceof JsonNumber number && texts.contains(number.toString())
        ? Values.text(ParameterValues.MASK)
        : value;
  }

  /** The same with masked values; keys stay. */
  public JsonObject mask(JsonObject object) {
    if (isEmpty()) {
      return object;
    }
    JsonObjectBuilder masked = Json.createObjectBuilder();
    object.forEach((key, value) -> masked.add(key, mask(value)));
    return masked.build();
  }

  public Phrase mask(Phrase phrase) {
    return isEmpty() ? phrase : phrase.with(this::mask);
  }

  /** The same fault for people; its cause, which may tell more, is left behind. */
  public FederationFault mask(FederationFault fault) {
    return isEmpty()
        ? fault
        : new FederationFault(
            fault.code(),
            mask(fault.phrase()),
            fault.violations().stream().map(this::mask).toList(),
            withStatus(fault.details()),
            null);
  }

  /** Numbers in details are the cloud's and ours, such as a status, and are read by programs. */
  private JsonObject withStatus(JsonObject details) {
    JsonObjectBuilder masked = Json.createObjectBuilder();
    details.forEach(
        (key, value) -> masked.add(key, value instanceof JsonNumber ? value : mask(value)));
    return masked.build();
  }

  private Violation mask(Violation violation) {
    return new Violation(
        violation.pointer(),
        violation.line(),
        violation.column(),
        mask(violation.message()),
        violation.remedy().map(this::mask));
  }

  /** Tells how many there are, and none. */
  @Override
  public String toString() {
    return texts.size() + " hidden";
  }
}
