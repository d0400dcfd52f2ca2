package io.isthmus.domain.template;

import io.isthmus.domain.language.Phrase;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Holds a value against constraints. Its messages show the value unless told to mask it. */
final class ValueCheck {

  private ValueCheck() {}

  /** Tells the findings every constraint that the value breaks. */
  static void check(
      JsonValue value,
      List<ValueConstraint> constraints,
      boolean masked,
      Where where,
      Findings findings) {
    String shown = masked ? ParameterValues.MASK : Values.shown(value);
    for (ValueConstraint constraint : constraints) {
      broken(constraint, value, shown)
          .ifPresent(
              message ->
                  constraint
                      .message()
                      .ifPresentOrElse(
                          words -> findings.add(where, message, Phrase.verbatim(words)),
                          () -> findings.add(where, message)));
    }
  }

  /** As {@link #check} for a list of which only the size is known. */
  static void checkSize(
      int size, List<ValueConstraint> constraints, Where where, Findings findings) {
    for (ValueConstraint constraint : constraints) {
      if (constraint instanceof ValueConstraint.Length length) {
        outside(
                Optional.of(size),
                length.min(),
                length.max(),
                Comparator.naturalOrder(),
                "items",
                String.valueOf(size))
            .ifPresent(message -> findings.add(where, message));
      }
    }
  }

  private static Optional<Phrase> broken(
      ValueConstraint constraint, JsonValue value, String shown) {
    if (constraint instanceof ValueConstraint.Length length) {
      return length(length, value, shown);
    } else if (constraint instanceof ValueConstraint.Range range) {
      return Values.asNumber(value).flatMap(number -> range(range, number, shown));
    } else if (constraint instanceof ValueConstraint.Modulo modulo) {
      return Values.asNumber(value).flatMap(number -> modulo(modulo, number, shown));
    } else if (constraint instanceof ValueConstraint.AllowedValues allowed) {
      return allowed(allowed, value, shown);
    } else if (constraint instanceof ValueConstraint.AllowedPattern pattern) {
      return pattern(pattern, value, shown);
    }
    return custom((ValueConstraint.Custom) constraint, value, shown);
  }

  private static Optional<Phrase> length(
      ValueConstraint.Length length, JsonValue value, String shown) {
    String unit = value instanceof JsonArray || value instanceof JsonObject ? "items" : "length";
    int size =
        value instanceof JsonArray list
            ? list.size()
            : value instanceof JsonObject map
                ? map.size()
                : Values.python(value).codePointCount(0, Values.python(value).length());
    return outside(
        Optional.of(size), length.min(), length.max(), Comparator.naturalOrder(), unit, shown);
  }

  private static Optional<Phrase> range(
      ValueConstraint.Range range, BigDecimal number, String shown) {
    return outside(
        Optional.of(number),
        range.min(),
        range.max(),
        Comparator.<BigDecimal>naturalOrder(),
        "range",
        shown);
  }

  private static <T> Optional<Phrase> outside(
      Optional<T> size,
      Optional<T> min,
      Optional<T> max,
      Comparator<T> order,
      String key,
      String shown) {
    boolean low = min.isPresent() && order.compare(size.get(), min.get()) < 0;
    boolean high = max.isPresent() && order.compare(size.get(), max.get()) > 0;
    if (!low && !high) {
      return Optional.empty();
    }
    if (min.isPresent() && max.isPresent()) {
      return Optional.of(
          Phrase.of("template." + key + "-between", shown, text(min.get()), text(max.get())));
    }
    return Optional.of(
        low
            ? Phrase.of("template." + key + "-min", shown, text(min.get()))
            : Phrase.of("template." + key + "-max", shown, text(max.get())));
  }

  private static String text(Object bound) {
    return bound instanceof BigDecimal number ? number.toPlainString() : String.valueOf(bound);
  }

  private static Optional<Phrase> modulo(
      ValueConstraint.Modulo modulo, BigDecimal number, String shown) {
    boolean fits = number.subtract(modulo.offset()).remainder(modulo.step()).signum() == 0;
    return fits
        ? Optional.empty()
        : Optional.of(
            Phrase.of("template.modulo", shown, text(modulo.step()), text(modulo.offset())));
  }

  private static Optional<Phrase> allowed(
      ValueConstraint.AllowedValues allowed, JsonValue value, String shown) {
    List<JsonValue> items = value instanceof JsonArray list ? List.copyOf(list) : List.of(value);
    for (JsonValue item : items) {
      if (allowed.values().stream().noneMatch(one -> same(one, item))) {
        return Optional.of(
            Phrase.of("template.allowed-values", shown, String.join(", ", allowed.values())));
      }
    }
    return Optional.empty();
  }

  private static boolean same(String allowed, JsonValue value) {
    if (value.getValueType() == JsonValue.ValueType.NUMBER) {
      return Values.asNumber(Values.text(allowed))
          .flatMap(a -> Values.asNumber(value).map(v -> a.compareTo(v) == 0))
          .orElse(false);
    }
    if (value.getValueType() == JsonValue.ValueType.TRUE
        || value.getValueType() == JsonValue.ValueType.FALSE) {
      return Values.asBoolean(Values.text(allowed)).equals(Values.asBoolean(value));
    }
    return allowed.equals(Values.python(value));
  }

  private static Optional<Phrase> pattern(
      ValueConstraint.AllowedPattern allowed, JsonValue value, String shown) {
    try {
      boolean matches =
          Pattern.compile(allowed.pattern())
              .matcher(new BoundedText(Values.python(value)))
              .matches();
      return matches
          ? Optional.empty()
          : Optional.of(Phrase.of("template.allowed-pattern", shown, allowed.pattern()));
    } catch (BoundedText.Exhausted | StackOverflowError e) {
      return Optional.of(Phrase.of("template.pattern-too-slow", allowed.pattern()));
    }
  }

  private static Optional<Phrase> custom(
      ValueConstraint.Custom custom, JsonValue value, String shown) {
    List<JsonValue> items = value instanceof JsonArray list ? List.copyOf(list) : List.of(value);
    boolean holds =
        items.stream()
            .map(Values::python)
            .allMatch(text -> CustomConstraints.holds(custom.name(), text));
    return holds
        ? Optional.empty()
        : Optional.of(
            Phrase.of(
                "template.custom-" + custom.name().replace('_', '-').toLowerCase(Locale.ROOT),
                shown));
  }
}
