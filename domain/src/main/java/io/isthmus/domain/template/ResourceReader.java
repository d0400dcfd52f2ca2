package io.isthmus.domain.template;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.function.Expression;
import io.isthmus.domain.template.function.HotFunction;
import io.isthmus.domain.template.function.Literal;
import io.isthmus.domain.template.function.MapExpression;
import io.isthmus.domain.template.type.ResourceGroupType;
import io.isthmus.domain.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads {@code resources}. */
final class ResourceReader {

  static final List<String> KEYS =
      List.of(
          "type",
          "properties",
          "metadata",
          "depends_on",
          "deletion_policy",
          "update_policy",
          "description");
  private static final List<String> LATER_KEYS = List.of("external_id");

  private final TemplateVersion version;
  private final Shape shape;
  private final ExpressionReader expressions;
  private final Findings findings;

  private final TypeFinder types;

  ResourceReader(
      HotFunction.Setting setting, Shape shape, ExpressionReader expressions, TypeFinder types) {
    this.types = types;
    this.version = setting.version();
    this.shape = shape;
    this.expressions = expressions;
    this.findings = setting.findings();
  }

  Map<String, ResourceDefinition> read(YamlNode.Mapping top) {
    Map<String, ResourceDefinition> resources = new LinkedHashMap<>();
    for (YamlNode.Entry entry : shape.entries(top, "resources", "")) {
      String pointer = Where.base(types.file()) + "resources." + entry.key();
      if (entry.key().isEmpty() || entry.key().indexOf('/') >= 0 || entry.key().indexOf('#') >= 0) {
        findings.add(Where.of(pointer, entry), Phrase.of("template.resource-name", entry.key()));
      } else if (entry.value() instanceof YamlNode.Mapping map) {
        resource(entry, map, pointer).ifPresent(r -> resources.put(entry.key(), r));
      } else {
        shape.expected("map", pointer, entry.value());
      }
    }
    return resources;
  }

  private Optional<ResourceDefinition> resource(
      YamlNode.Entry entry, YamlNode.Mapping map, String pointer) {
    List<String> keys = new ArrayList<>(KEYS);
    if (version.hasConditions()) {
      keys.add("condition");
    }
    shape.onlyKeys(
        map, pointer, "resources", keys, version.hasConditions() ? LATER_KEYS : List.of());
    updatePolicy(map, pointer);
    Map<String, Where> dependsOn = dependsOn(map, pointer);
    DeletionPolicy deletionPolicy = deletionPolicy(map, pointer);
    shape.text(map, "description", pointer);
    Optional<ResourceType> type = type(map, pointer, Where.of(pointer, entry));
    Optional<Expression> condition = expressions.condition(map, pointer);
    MapExpression properties = section(map, "properties", pointer);
    Expression metadata = section(map, "metadata", pointer);
    if (type.isEmpty()) {
      return Optional.empty();
    }
    Optional<ResourceDefinition.Members> members = Optional.empty();
    if (ResourceGroupType.is(type.get())) {
      members = members(properties, pointer, Where.of(pointer, entry));
      if (members.isEmpty()) {
        return Optional.empty();
      }
    }
    return Optional.of(
        new ResourceDefinition(
            entry.key(),
            type.get(),
            properties,
            metadata,
            dependsOn,
            deletionPolicy,
            Where.of(pointer, entry),
            condition,
            members,
            Optional.empty()));
  }

  private Optional<ResourceType> type(YamlNode.Mapping map, String pointer, Where resource) {
    Optional<YamlNode> node = Shape.given(map, "type");
    if (node.isEmpty()) {
      findings.add(
          resource, Phrase.of("template.required", "type"), Phrase.of("template.type-remedy"));
      return Optional.empty();
    }
    return shape
        .text(node.get(), pointer + ".type")
        .flatMap(text -> types.find(text, Where.of(pointer + ".type", node.get()), findings));
  }

  private MapExpression section(YamlNode.Mapping map, String key, String pointer) {
    String at = pointer + "." + key;
    Optional<YamlNode> node = Shape.given(map, key);
    if (node.isPresent() && node.get() instanceof YamlNode.Mapping section) {
      return expressions.map(section, at);
    }
    node.ifPresent(n -> shape.expected("map", at, n));
    return new MapExpression(Map.of(), Map.of(), Where.of(at, map));
  }

  private void updatePolicy(YamlNode.Mapping map, String pointer) {
    for (YamlNode.Entry entry : shape.entries(map, "update_policy", pointer)) {
      findings.add(
          Where.of(pointer + ".update_policy." + entry.key(), entry),
          Phrase.of("template.not-supported", entry.key()));
    }
  }

  private Map<String, Where> dependsOn(YamlNode.Mapping map, String pointer) {
    Map<String, Where> names = new LinkedHashMap<>();
    String at = pointer + ".depends_on";
    Optional<YamlNode> node = Shape.given(map, "depends_on");
    if (node.isEmpty()) {
      return names;
    }
    List<YamlNode> items =
        node.get() instanceof YamlNode.Sequence list ? list.items() : List.of(node.get());
    for (YamlNode item : items) {
      shape.text(item, at).ifPresent(name -> names.put(name, Where.of(at, item)));
    }
    return names;
  }

  private DeletionPolicy deletionPolicy(YamlNode.Mapping map, String pointer) {
    Optional<YamlNode> node = Shape.given(map, "deletion_policy");
    String at = pointer + ".deletion_policy";
    Optional<String> text = node.flatMap(n -> shape.text(n, at));
    if (text.isEmpty()) {
      return DeletionPolicy.DELETE;
    }
    Where where = Where.of(at, node.orElseThrow());
    boolean lowerCase = version.isAtLeast(TemplateVersion.V2016_10_14);
    for (DeletionPolicy policy : DeletionPolicy.values()) {
      String lower = policy.name().toLowerCase(Locale.ROOT);
      String capital = policy.name().charAt(0) + lower.substring(1);
      if (text.get().equals(capital) || (lowerCase && text.get().equals(lower))) {
        if (policy == DeletionPolicy.SNAPSHOT) {
          findings.add(where, Phrase.of("template.not-supported", text.get()));
        }
        return policy;
      }
    }
    List<String> known =
        Arrays.asList(lowerCase ? "delete" : "Delete", lowerCase ? "retain" : "Retain");
    findings.addUnknown(
        where, Phrase.of("template.unknown-deletion-policy", text.get()), text.get(), known);
    return DeletionPolicy.DELETE;
  }

  private Optional<ResourceDefinition.Members> members(
      MapExpression group, String pointer, Where where) {
    String at = pointer + ".properties.resource_def";
    Expression definition = group.entries().get("resource_def");
    if (definition == null) {
      findings.add(
          where,
          Phrase.of("template.required", "resource_def"),
          Phrase.of("template.resource-def-remedy"));
      return Optional.empty();
    }
    if (!(definition instanceof MapExpression map)) {
      findings.add(definition.where(), Phrase.of("template.resource-def-written-out"));
      return Optional.empty();
    }
    Expression typeName = map.entries().get("type");
    Optional<String> text =
        typeName instanceof Literal literal ? Values.asText(literal.value()) : Optional.empty();
    if (text.isEmpty()) {
      findings.add(
          typeName == null ? map.where() : typeName.where(),
          Phrase.of("template.required", "type"),
          Phrase.of("template.type-remedy"));
      return Optional.empty();
    }
    Optional<ResourceType> type = types.find(text.get(), typeName.where(), findings);
    if (type.filter(ResourceGroupType::is).isPresent()) {
      findings.add(typeName.where(), Phrase.of("template.group-of-groups"));
      return Optional.empty();
    }
    return type.map(
        t ->
            new ResourceDefinition.Members(
                t,
                mapOf(map, "properties", at),
                mapOf(map, "metadata", at),
                Optional.ofNullable(group.entries().get("count")),
                indexVar(group)));
  }

  private MapExpression mapOf(MapExpression definition, String key, String at) {
    Expression value = definition.entries().get(key);
    if (value instanceof MapExpression map) {
      return map;
    }
    boolean isNothing =
        value == null
            || (value instanceof Literal literal
                && literal.value().equals(jakarta.json.JsonValue.NULL));
    if (!isNothing) {
      findings.add(value.where(), Phrase.of("template.expected-map", key));
    }
    return new MapExpression(
        Map.of(),
        Map.of(),
        new Where(at + "." + key, definition.where().line(), definition.where().column()));
  }

  private String indexVar(MapExpression group) {
    Expression value = group.entries().get("index_var");
    if (value == null) {
      return ResourceGroupType.INDEX_VAR;
    }
    Optional<String> text =
        value instanceof Literal literal ? Values.asText(literal.value()) : Optional.empty();
    if (text.isEmpty()) {
      findings.add(value.where(), Phrase.of("template.expected-text", "index_var"));
    }
    return text.filter(t -> !t.isEmpty()).orElse(ResourceGroupType.INDEX_VAR);
  }
}
