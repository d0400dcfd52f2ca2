package io.isthmus.domain.template;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.function.Expression;
import io.isthmus.domain.template.function.GetAttr;
import io.isthmus.domain.template.function.MapExpression;
import io.isthmus.domain.template.type.ConfigType;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** A node of a template's graph. */
final class HotNode implements ResourceNode {

  /**
   * What a resource's nodes share, so that a thousand members cost no more than one.
   *
   * @param implied names of resources that must be there before, though the template does not say
   *     so
   */
  static final class Common {

    private final HotGraph graph;
    private final ResourceDefinition definition;
    private final List<String> implied;
    private JsonObject known;
    private JsonObject metadata;
    private List<ResourceReference> references;

    Common(HotGraph graph, ResourceDefinition definition, List<String> implied) {
      this.graph = graph;
      this.definition = definition;
      this.implied = List.copyOf(implied);
    }

    private synchronized JsonObject known() {
      if (known == null) {
        known = graph.known(definition.madeProperties());
      }
      return known;
    }

    private synchronized JsonObject metadata() {
      if (metadata == null) {
        metadata = graph.known((MapExpression) definition.madeMetadata());
      }
      return metadata;
    }

    /** Those of a resource that is no group, or of a group's members. */
    private synchronized List<ResourceReference> references() {
      if (references == null) {
        Set<ResourceReference> found = new LinkedHashSet<>();
        List<Mention> mentions =
            definition.members().isPresent() ? definition.memberMentions() : definition.mentions();
        mentions.forEach(mention -> found.add(reference(mention)));
        Mention.in(definition.metadata()).forEach(mention -> found.add(need(mention.resource())));
        definition
            .members()
            .ifPresent(
                members ->
                    Mention.in(members.metadata())
                        .forEach(mention -> found.add(need(mention.resource()))));
        definition.dependsOn().keySet().forEach(name -> found.add(need(name)));
        Set<String> named = new LinkedHashSet<>();
        found.forEach(reference -> named.add(reference.target()));
        implied.stream().filter(name -> !named.contains(name)).forEach(n -> found.add(need(n)));
        references = List.copyOf(found);
      }
      return references;
    }

    private ResourceReference reference(Mention mention) {
      Optional<GetAttr> get = mention.asAttribute();
      Optional<String> attribute =
          get.map(g -> g.attribute().orElse("")).filter(name -> !name.isEmpty());
      Optional<ResourceDefinition> target = graph.definition(mention.resource());
      boolean isReference =
          get.isEmpty() || target.filter(t -> Attributes.isReference(get.get(), t)).isPresent();
      boolean sameRegion =
          mention
                  .schema()
                  .filter(schema -> schema.near() || (isReference && !schema.refersTo().isEmpty()))
                  .isPresent()
              || graph.keptImageName(mention.resource()).isPresent();
      String path =
          attribute
              .flatMap(Attributes::member)
              .map(member -> mention.resource() + "/" + member)
              .filter(member -> graph.node(member).isPresent())
              .or(() -> memberByRefs(mention))
              .orElse(mention.resource());
      return new ResourceReference(Optional.of(mention.property()), path, attribute, sameRegion);
    }

    /** The member that {@code [group, refs, 0]} names. */
    private Optional<String> memberByRefs(Mention mention) {
      return mention
          .asAttribute()
          .filter(get -> get.attribute().filter("refs"::equals).isPresent())
          .flatMap(get -> Attributes.literal(get, 1))
          .map(index -> mention.resource() + "/" + index)
          .filter(path -> graph.node(path).isPresent());
    }
  }

  private final Common common;
  private final OptionalInt index;

  private HotNode(Common common, OptionalInt index) {
    this.common = common;
    this.index = index;
  }

  static HotNode whole(Common common) {
    return new HotNode(common, OptionalInt.empty());
  }

  static HotNode member(Common common, int index) {
    return new HotNode(common, OptionalInt.of(index));
  }

  private static ResourceReference need(String name) {
    return new ResourceReference(Optional.empty(), name, Optional.empty(), false);
  }

  ResourceDefinition definition() {
    return common.definition;
  }

  boolean isGroup() {
    return common.definition.members().isPresent() && index.isEmpty();
  }

  MapExpression propertyExpressions() {
    return isGroup() ? common.definition.properties() : common.definition.madeProperties();
  }

  /** Puts the member's number in. */
  JsonValue finish(JsonValue value) {
    return index.isEmpty()
        ? value
        : Indexed.replace(
            value,
            common.definition.members().orElseThrow().indexVar(),
            String.valueOf(index.getAsInt()));
  }

  /** A type's violation with its place in the template. */
  Violation placed(Violation violation) {
    Where where = propertyWhere(violation.pointer());
    return new Violation(
        where.pointer(), where.line(), where.column(), violation.message(), violation.remedy());
  }

  private Where propertyWhere(String pointer) {
    String inside = pointer.startsWith("properties.") ? pointer.substring(11) : pointer;
    MapExpression properties = propertyExpressions();
    Where where = common.definition.where();
    Expression at = properties;
    for (String step : inside.split("\\.")) {
      if (at instanceof MapExpression map && map.entries().containsKey(step)) {
        where = map.keys().getOrDefault(step, where);
        at = map.entries().get(step);
      } else if (at instanceof io.isthmus.domain.template.function.ListExpression list
          && step.matches("\\d{1,6}")
          && Integer.parseInt(step) < list.items().size()) {
        at = list.items().get(Integer.parseInt(step));
        where = at.where();
      } else {
        break;
      }
    }
    return new Where(properties.where().pointer() + "." + inside, where.line(), where.column());
  }

  /** What a resource that is no more than a value yields: the value, or a configuration's text. */
  Optional<JsonValue> computedValue(GraphScope scope) {
    return type() instanceof ConfigType config ? config(config, scope) : value(scope);
  }

  private Optional<JsonValue> config(ConfigType config, GraphScope scope) {
    Optional<JsonValue> properties = propertyExpressions().evaluate(scope);
    if (properties.filter(all -> !Size.isBearable(all)).isPresent()) {
      scope.problem(
          common.definition.where(),
          HotGraph.TOO_LARGE,
          Phrase.of("template.value-too-large-remedy"));
      return Optional.empty();
    }
    return properties.map(all -> Values.text(config.config(shaped(finish(all).asJsonObject()))));
  }

  /** The value of an {@code OS::Heat::Value}, of the type it asks for. */
  private Optional<JsonValue> value(GraphScope scope) {
    MapExpression properties = propertyExpressions();
    Expression expression = properties.entries().get("value");
    Optional<JsonValue> value =
        expression == null ? Optional.empty() : expression.evaluate(scope).map(this::finish);
    Optional<ParameterType> wanted =
        Optional.ofNullable(properties.entries().get("type"))
            .flatMap(type -> type.evaluate(scope))
            .flatMap(Values::asText)
            .flatMap(ParameterType::find);
    return value.map(v -> wanted.flatMap(type -> type.read(v)).orElse(v));
  }

  @Override
  public String path() {
    return index.isEmpty()
        ? common.definition.name()
        : common.definition.name() + "/" + index.getAsInt();
  }

  @Override
  public ResourceType type() {
    return isGroup() ? common.definition.type() : common.definition.madeType();
  }

  @Override
  public Optional<String> group() {
    return index.isEmpty() ? common.definition.within() : Optional.of(common.definition.name());
  }

  @Override
  public JsonObject metadata() {
    return isGroup()
        ? common.graph.known((MapExpression) common.definition.metadata())
        : finish(common.metadata()).asJsonObject();
  }

  @Override
  public Optional<String> keptKeyPair() {
    return common.graph.keptKeyPair(path());
  }

  @Override
  public Optional<String> keptImageName() {
    return common.graph.keptImageName(path());
  }

  @Override
  public Optional<KeptImage> keptImage() {
    return common.graph.keptImage(path());
  }

  @Override
  public DeletionPolicy deletionPolicy() {
    return common.definition.deletionPolicy();
  }

  @Override
  public List<ResourceReference> references() {
    if (!isGroup()) {
      return common.references();
    }
    List<ResourceReference> references = new ArrayList<>();
    common.definition.mentions().forEach(mention -> references.add(common.reference(mention)));
    common.definition.dependsOn().keySet().forEach(name -> references.add(need(name)));
    for (int i = 0; i < common.graph.count(path()); i++) {
      references.add(need(path() + "/" + i));
    }
    return List.copyOf(references);
  }

  @Override
  public JsonObject knownProperties() {
    return isGroup()
        ? shaped(common.graph.known(withoutDefinition()))
        : shaped(finish(common.known()).asJsonObject());
  }

  private JsonObject shaped(JsonObject properties) {
    return PropertyShape.of(properties, type().properties());
  }

  /** A group's own properties: what its members are is theirs. */
  private MapExpression withoutDefinition() {
    java.util.Map<String, Expression> own =
        new java.util.LinkedHashMap<>(common.definition.properties().entries());
    own.remove("resource_def");
    return new MapExpression(
        own, common.definition.properties().keys(), common.definition.properties().where());
  }

  @Override
  public JsonObject properties(References references) {
    Findings findings = new Findings();
    GraphScope scope = new GraphScope(common.graph, references, findings);
    MapExpression expressions = isGroup() ? withoutDefinition() : propertyExpressions();
    Optional<JsonValue> value = expressions.evaluate(scope);
    try {
      findings.throwIfAny(FaultCode.TEMPLATE_INVALID, "template.many");
    } catch (FederationFault fault) {
      throw common.graph.hidden().mask(fault);
    }
    if (value.isEmpty()) {
      throw new FederationFault(
          FaultCode.TEMPLATE_INVALID,
          Phrase.of("template.not-known-yet", path(), String.join(", ", scope.missing())));
    }
    if (!Size.isBearable(value.get())) {
      throw new FederationFault(FaultCode.TEMPLATE_INVALID, HotGraph.TOO_LARGE);
    }
    return shaped(finish(value.get()).asJsonObject());
  }

  @Override
  public int line() {
    return common.definition.where().line();
  }

  @Override
  public String toString() {
    return path() + " (" + type().name() + ")";
  }
}
