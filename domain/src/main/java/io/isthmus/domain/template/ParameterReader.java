package io.isthmus.domain.template;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.yaml.YamlNode;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Reads {@code parameters}.
 *
 * @see "openstack/heat heat/engine/hot/parameters.py"
 */
final class ParameterReader {

  static final List<String> KEYS =
      List.of("type", "label", "description", "default", "hidden", "constraints", "immutable");
  static final List<String> CONSTRAINTS =
      List.of(
          "length", "range", "modulo", "allowed_values", "allowed_pattern", "custom_constraint");

  private final TemplateVersion version;
  private final Shape shape;
  private final Findings findings;

  ParameterReader(TemplateVersion version, Shape shape, Findings findings) {
    this.version = version;
    this.shape = shape;
    this.findings = findings;
  }

  Map<String, ParameterDefinition> read(YamlNode.Mapping top) {
    Map<String, ParameterDefinition> parameters = new LinkedHashMap<>();
    for (YamlNode.Entry entry : shape.entries(top, "parameters", "")) {
      String pointer = "parameters." + entry.key();
      if (!(entry.value() instanceof YamlNode.Mapping map)) {
        shape.expected("map", pointer, entry.value());
        continue;
      }
      if (entry.key().startsWith("OS::")) {
        findings.add(
            Where.of(pointer, entry), Phrase.of("template.parameter-name-reserved", entry.key()));
      }
      type(entry, map, pointer)
          .ifPresent(type -> parameters.put(entry.key(), parameter(entry, map, pointer, type)));
    }
    return parameters;
  }

  private Optional<ParameterType> type(YamlNode.Entry entry, YamlNode.Mapping map, String pointer) {
    Optional<YamlNode> node = Shape.given(map, "type");
    if (node.isEmpty()) {
      findings.add(
          Where.of(pointer, entry),
          Phrase.of("template.required", "type"),
          Phrase.of("template.known", String.join(", ", ParameterType.names())));
      return Optional.empty();
    }
    Optional<String> text = shape.text(node.get(), pointer + ".type");
    Optional<ParameterType> type = text.flatMap(ParameterType::find);
    if (text.isPresent() && type.isEmpty()) {
      findings.addUnknown(
          Where.of(pointer + ".type", node.get()),
          Phrase.of("template.unknown-parameter-type", text.get()),
          text.get(),
          ParameterType.names());
    }
    return type;
  }

  private ParameterDefinition parameter(
      YamlNode.Entry entry, YamlNode.Mapping map, String pointer, ParameterType type) {
    List<String> keys = new ArrayList<>(KEYS);
    if (version.isAtLeast(TemplateVersion.V2018_03_02)) {
      keys.add("tags");
    }
    shape.onlyKeys(map, pointer, "parameters", keys, List.of());
    boolean hidden = shape.bool(map, "hidden", pointer).orElse(false);
    List<ValueConstraint> constraints = constraints(map, pointer, type);
    List<String> tags = new ArrayList<>();
    for (YamlNode tag : shape.items(map, "tags", pointer)) {
      shape.text(tag, pointer + ".tags." + tags.size()).ifPresent(tags::add);
    }
    return new ParameterDefinition(
        entry.key(),
        type,
        shape.text(map, "label", pointer),
        shape.text(map, "description", pointer).orElse(""),
        defaultValue(map, pointer, type, constraints, hidden),
        hidden,
        shape.bool(map, "immutable", pointer).orElse(false),
        tags,
        constraints,
        Where.of(pointer, entry));
  }

  private Optional<JsonValue> defaultValue(
      YamlNode.Mapping map,
      String pointer,
      ParameterType type,
      List<ValueConstraint> constraints,
      boolean hidden) {
    Optional<YamlNode> node = Shape.given(map, "default");
    if (node.isEmpty()) {
      return Optional.empty();
    }
    Where where = Where.of(pointer + ".default", node.get());
    JsonValue written = plain(node.get());
    Optional<JsonValue> value = type.read(written);
    if (value.isEmpty()) {
      findings.add(
          where,
          Phrase.of(
              "template.not-a-" + type.text().replace('_', '-'),
              hidden ? ParameterValues.MASK : Values.shown(written)));
    } else {
      ValueCheck.check(value.get(), constraints, hidden, where, findings);
    }
    return value;
  }

  private static JsonValue plain(YamlNode node) {
    if (node instanceof YamlNode.Scalar scalar) {
      return Values.of(scalar);
    }
    if (node instanceof YamlNode.Sequence list) {
      JsonArrayBuilder array = Values.array();
      list.items().forEach(item -> array.add(plain(item)));
      return array.build();
    }
    JsonObjectBuilder object = Values.object();
    ((YamlNode.Mapping) node)
        .entries()
        .values()
        .forEach(entry -> object.add(entry.key(), plain(entry.value())));
    return object.build();
  }

  private List<ValueConstraint> constraints(
      YamlNode.Mapping map, String pointer, ParameterType type) {
    List<ValueConstraint> constraints = new ArrayList<>();
    int index = 0;
    for (YamlNode item : shape.items(map, "constraints", pointer)) {
      String at = pointer + ".constraints." + index++;
      if (!(item instanceof YamlNode.Mapping constraint)) {
        shape.expected("map", at, item);
        continue;
      }
      List<String> known = new ArrayList<>(CONSTRAINTS);
      if (!version.isAtLeast(TemplateVersion.V2017_02_24)) {
        known.remove("modulo");
      }
      known.add("description");
      shape.onlyKeys(constraint, at, "constraints", known, List.of());
      List<String> kinds =
          CONSTRAINTS.stream().filter(kind -> constraint.find(kind).isPresent()).toList();
      if (kinds.size() != 1) {
        findings.add(
            Where.of(at, item),
            Phrase.of("template.one-constraint"),
            Phrase.of("template.known", String.join(", ", CONSTRAINTS)));
        continue;
      }
      String kind = kinds.get(0);
      if (!applies(kind, type)) {
        findings.add(
            Where.of(at + "." + kind, constraint.entries().get(kind)),
            Phrase.of("template.constraint-not-for-type", kind, type.text()));
        continue;
      }
      constraint(constraint, kind, at).ifPresent(constraints::add);
    }
    return constraints;
  }

  private static boolean applies(String kind, ParameterType type) {
    return switch (kind) {
      case "length" ->
          type == ParameterType.STRING
              || type == ParameterType.COMMA_DELIMITED_LIST
              || type == ParameterType.JSON;
      case "range", "modulo" -> type == ParameterType.NUMBER;
      case "allowed_pattern" -> type == ParameterType.STRING;
      default -> type != ParameterType.JSON;
    };
  }

  private Optional<ValueConstraint> constraint(YamlNode.Mapping map, String kind, String pointer) {
    Optional<String> message = shape.text(map, "description", pointer);
    String at = pointer + "." + kind;
    YamlNode node = map.find(kind).orElseThrow();
    return switch (kind) {
      case "length" -> length(node, at, message);
      case "range" -> range(node, at, message);
      case "modulo" -> modulo(node, at, message);
      case "allowed_values" -> allowedValues(map, kind, pointer, message);
      case "allowed_pattern" ->
          shape.text(node, at).flatMap(text -> pattern(text, node, at, message));
      default -> shape.text(node, at).flatMap(text -> custom(text, node, at, message));
    };
  }

  private Optional<ValueConstraint> length(YamlNode node, String at, Optional<String> message) {
    return bounds(node, at)
        .map(
            bounds ->
                new ValueConstraint.Length(
                    Optional.ofNullable(bounds.get("min")).map(BigDecimal::intValue),
                    Optional.ofNullable(bounds.get("max")).map(BigDecimal::intValue),
                    message));
  }

  private Optional<ValueConstraint> range(YamlNode node, String at, Optional<String> message) {
    return bounds(node, at)
        .map(
            bounds ->
                new ValueConstraint.Range(
                    Optional.ofNullable(bounds.get("min")),
                    Optional.ofNullable(bounds.get("max")),
                    message));
  }

  private Optional<Map<String, BigDecimal>> bounds(YamlNode node, String at) {
    Map<String, BigDecimal> bounds = numbers(node, at, List.of("min", "max"));
    BigDecimal min = bounds.get("min");
    BigDecimal max = bounds.get("max");
    if (min != null && max != null && min.compareTo(max) > 0) {
      findings.add(
          Where.of(at, node),
          Phrase.of("template.min-over-max", min.toPlainString(), max.toPlainString()));
    }
    return bounds.isEmpty() ? Optional.empty() : Optional.of(bounds);
  }

  private Optional<ValueConstraint> modulo(YamlNode node, String at, Optional<String> message) {
    Map<String, BigDecimal> numbers = numbers(node, at, List.of("step", "offset"));
    BigDecimal step = numbers.get("step");
    BigDecimal offset = numbers.get("offset");
    if (step == null
        || offset == null
        || step.signum() == 0
        || offset.abs().compareTo(step.abs()) >= 0) {
      findings.add(Where.of(at, node), Phrase.of("template.modulo-needs"));
      return Optional.empty();
    }
    return Optional.of(new ValueConstraint.Modulo(step, offset, message));
  }

  private Map<String, BigDecimal> numbers(YamlNode node, String at, List<String> keys) {
    Map<String, BigDecimal> numbers = new LinkedHashMap<>();
    if (!(node instanceof YamlNode.Mapping map)) {
      shape.expected("map", at, node);
      return numbers;
    }
    shape.onlyKeys(map, at, at.substring(at.lastIndexOf('.') + 1), keys, List.of());
    boolean any = false;
    for (String key : keys) {
      Optional<YamlNode> value = Shape.given(map, key);
      any |= value.isPresent();
      Optional<BigDecimal> number =
          value.flatMap(
              v ->
                  v instanceof YamlNode.Scalar scalar
                      ? Values.asNumber(Values.of(scalar))
                      : Optional.empty());
      if (value.isPresent() && number.isEmpty()) {
        shape.expected("number", at + "." + key, value.get());
      }
      number.ifPresent(n -> numbers.put(key, n));
    }
    if (!any) {
      findings.add(Where.of(at, node), Phrase.of("template.needs-one-of", String.join(", ", keys)));
    }
    return numbers;
  }

  private Optional<ValueConstraint> allowedValues(
      YamlNode.Mapping map, String kind, String pointer, Optional<String> message) {
    List<String> values = new ArrayList<>();
    for (YamlNode item : shape.items(map, kind, pointer)) {
      String at = pointer + "." + kind + "." + values.size();
      if (item instanceof YamlNode.Scalar scalar) {
        values.add(Values.python(Values.of(scalar)));
      } else {
        shape.expected("text", at, item);
      }
    }
    return values.isEmpty()
        ? Optional.empty()
        : Optional.of(new ValueConstraint.AllowedValues(values, message));
  }

  private Optional<ValueConstraint> pattern(
      String pattern, YamlNode node, String at, Optional<String> message) {
    try {
      Pattern.compile(pattern);
      return Optional.of(new ValueConstraint.AllowedPattern(pattern, message));
    } catch (PatternSyntaxException e) {
      findings.add(
          Where.of(at, node), Phrase.of("template.pattern-malformed", pattern, e.getDescription()));
    } catch (StackOverflowError e) {
      findings.add(Where.of(at, node), Phrase.of("template.pattern-too-slow", pattern));
    }
    return Optional.empty();
  }

  private Optional<ValueConstraint> custom(
      String name, YamlNode node, String at, Optional<String> message) {
    if (!CustomConstraints.isKnown(name)) {
      findings.addUnknown(
          Where.of(at, node),
          Phrase.of("template.no-such-constraint", name),
          name,
          CustomConstraints.names());
      return Optional.empty();
    }
    return Optional.of(new ValueConstraint.Custom(name, message));
  }
}
