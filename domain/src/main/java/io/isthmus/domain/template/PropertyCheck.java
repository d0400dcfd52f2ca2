package io.isthmus.domain.template;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.function.Expression;
import io.isthmus.domain.template.function.GetParam;
import io.isthmus.domain.template.function.Given;
import io.isthmus.domain.template.function.If;
import io.isthmus.domain.template.function.ListExpression;
import io.isthmus.domain.template.function.Literal;
import io.isthmus.domain.template.function.MapExpression;
import io.isthmus.domain.template.function.Scope;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Holds properties against a type's schema, as far as their values are known. */
final class PropertyCheck {

  private final ResourceType type;
  private final Scope scope;
  private final Set<String> hidden;
  private final UnaryOperator<JsonValue> finish;
  private final Findings findings;

  /**
   * @param hidden names of the parameters whose values no message may show
   * @param finish what is done to a value before it is used
   */
  PropertyCheck(
      ResourceType type,
      Scope scope,
      Set<String> hidden,
      UnaryOperator<JsonValue> finish,
      Findings findings) {
    this.type = type;
    this.scope = scope;
    this.hidden = hidden;
    this.finish = finish;
    this.findings = findings;
  }

  void check(MapExpression properties) {
    entries(properties, type.properties(), "", "template.unknown-property", type.name());
  }

  private void entries(
      MapExpression map,
      Map<String, PropertySchema> schemas,
      String path,
      String unknownKey,
      String owner) {
    for (Map.Entry<String, Expression> entry : map.entries().entrySet()) {
      String key = entry.getKey();
      PropertySchema schema = schemas.getOrDefault(key, schemas.get("*"));
      if (schema != null) {
        expression(entry.getValue(), schema, path + key);
      } else {
        unknown(
            map.keys().getOrDefault(key, map.where()), key, path + key, schemas, unknownKey, owner);
      }
    }
    required(map.where(), schemas, key -> isGiven(map.entries().get(key)));
  }

  private void unknown(
      Where where,
      String key,
      String path,
      Map<String, PropertySchema> schemas,
      String unknownKey,
      String owner) {
    if (type.unsupportedProperties().contains(path)) {
      findings.add(
          where,
          Phrase.of("template.property-not-supported", key, type.name()),
          Phrase.of("template.known", String.join(", ", schemas.keySet())));
    } else {
      findings.addUnknown(where, Phrase.of(unknownKey, key, owner), key, schemas.keySet());
    }
  }

  private void required(
      Where where,
      Map<String, PropertySchema> schemas,
      java.util.function.Predicate<String> given) {
    for (PropertySchema schema : schemas.values()) {
      if (schema.required() && !given.test(schema.name())) {
        findings.add(
            where,
            Phrase.of("template.required", schema.name()),
            Phrase.of("template.required-remedy", schema.name(), schema.description()));
      }
    }
  }

  /** Null is the same as not given, as in Heat. */
  private static boolean isGiven(Expression value) {
    return value != null
        && !(value instanceof Literal literal && literal.value().equals(JsonValue.NULL));
  }

  private void expression(Expression value, PropertySchema schema, String path) {
    if (value instanceof If choice) {
      choice.choices().forEach(part -> expression(part, schema, path));
      return;
    }
    boolean isMap = schema.type() == PropertySchema.Type.MAP && value instanceof MapExpression;
    boolean isList = schema.type() == PropertySchema.Type.LIST && value instanceof ListExpression;
    if (isMap && !schema.members().isEmpty()) {
      MapExpression map = (MapExpression) value;
      entries(map, schema.members(), path + ".", "template.unknown-key", shortName(schema, path));
    } else if (isList && !schema.members().isEmpty()) {
      PropertySchema item = schema.members().get("*");
      ((ListExpression) value).items().forEach(part -> expression(part, item, path + ".*"));
    } else if (value instanceof MapExpression map
        && map.entries().size() == 1
        && schema.type() != PropertySchema.Type.MAP
        && schema.type() != PropertySchema.Type.ANY) {
      String key = map.entries().keySet().iterator().next();
      findings.addUnknown(
          map.keys().getOrDefault(key, map.where()),
          Phrase.of("template.no-such-function", key),
          key,
          io.isthmus.domain.template.function.HotFunctions.names());
    } else {
      Optional<JsonValue> known = value.evaluate(scope).map(finish);
      boolean masked = usesHidden(value);
      known.ifPresent(v -> value(v, schema, path, masked, value.where()));
    }
    if (isList) {
      int size = ((ListExpression) value).items().size();
      ValueCheck.checkSize(size, schema.constraints(), value.where(), findings);
    }
  }

  private static String shortName(PropertySchema schema, String path) {
    return schema.name().equals("*") ? path.replace(".*", "") : schema.name();
  }

  private boolean usesHidden(Expression value) {
    return (value instanceof GetParam get && hidden.contains(get.name()))
        || (value instanceof Given given && given.hidden())
        || value.parts().stream().anyMatch(this::usesHidden);
  }

  private void value(
      JsonValue value, PropertySchema schema, String path, boolean masked, Where where) {
    if (value.equals(JsonValue.NULL)) {
      return;
    }
    if (schema.type() == PropertySchema.Type.MAP && value instanceof JsonObject map) {
      if (!schema.members().isEmpty()) {
        members(map, schema, path, masked, where);
      }
      return;
    }
    if (schema.type() == PropertySchema.Type.LIST && value instanceof JsonArray list) {
      PropertySchema item = schema.members().get("*");
      if (item != null) {
        list.forEach(part -> value(part, item, path + ".*", masked, where));
      }
      ValueCheck.checkSize(list.size(), schema.constraints(), where, findings);
      return;
    }
    if (!fits(value, schema.type())) {
      findings.add(
          where,
          Phrase.of(
              "template.wrong-type-" + schema.type().name().toLowerCase(java.util.Locale.ROOT),
              shortName(schema, path),
              masked ? ParameterValues.MASK : Values.shown(value)));
      return;
    }
    ValueCheck.check(value, schema.constraints(), masked, where, findings);
  }

  private void members(
      JsonObject map, PropertySchema schema, String path, boolean masked, Where where) {
    for (Map.Entry<String, JsonValue> entry : map.entrySet()) {
      PropertySchema member = schema.member(entry.getKey()).orElse(null);
      String below = path + "." + entry.getKey();
      if (member != null) {
        value(entry.getValue(), member, below, masked, where);
      } else {
        unknown(
            where,
            entry.getKey(),
            below,
            schema.members(),
            "template.unknown-key",
            shortName(schema, path));
      }
    }
    required(
        where,
        schema.members(),
        key -> !map.getOrDefault(key, JsonValue.NULL).equals(JsonValue.NULL));
  }

  private static boolean fits(JsonValue value, PropertySchema.Type type) {
    boolean nested = value instanceof JsonObject || value instanceof JsonArray;
    return switch (type) {
      case STRING -> !nested;
      case INTEGER -> Values.asNumber(value).filter(PropertyCheck::isWhole).isPresent();
      case NUMBER -> Values.asNumber(value).isPresent();
      case BOOLEAN -> PropertyShape.asBoolean(value).isPresent();
      case LIST, MAP -> false;
      case ANY -> true;
    };
  }

  private static boolean isWhole(BigDecimal number) {
    return number.stripTrailingZeros().scale() <= 0;
  }
}
