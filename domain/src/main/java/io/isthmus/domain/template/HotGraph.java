package io.isthmus.domain.template;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.function.Expression;
import io.isthmus.domain.template.function.GetParam;
import io.isthmus.domain.template.function.Given;
import io.isthmus.domain.template.function.MapExpression;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The graph of a template with its parameters. */
final class HotGraph implements ResourceGraph {

  static final int MAX_NODES = 30_000;
  static final Phrase TOO_LARGE =
      Phrase.of("template.value-too-large", Size.MAX_CHARACTERS / 1024 / 1024);

  private final HotTemplate template;
  private final ParameterValues parameters;

  /** Those of its project: path of the resource to the name under which the project keeps it. */
  private final Map<String, String> keptKeyPairs;

  /** The same of its images. */
  private final Map<String, String> keptImages;

  private final Map<String, HotNode> nodes = new LinkedHashMap<>();
  private final Map<String, Integer> counts = new LinkedHashMap<>();
  private final GraphScope beforeAnything = new GraphScope(this, References.NONE, new Findings());
  private List<ResourceNode> ordered = List.of();
  private HiddenValues hidden;

  private HotGraph(
      HotTemplate template,
      ParameterValues parameters,
      Map<String, String> keptKeyPairs,
      Map<String, String> keptImages) {
    this.template = template;
    this.parameters = parameters;
    this.keptKeyPairs = Map.copyOf(keptKeyPairs);
    this.keptImages = Map.copyOf(keptImages);
  }

  static HotGraph of(HotTemplate template, ParameterValues parameters) {
    Findings findings = new Findings();
    HotTemplate settled = Settlement.of(template, parameters, findings);
    findings.throwIfAny(FaultCode.TEMPLATE_INVALID, "template.many");
    HotTemplate flat = Flattening.of(settled, parameters, findings);
    findings.throwIfAny(FaultCode.TEMPLATE_INVALID, "template.many");
    if (flat != settled) {
      // Only now does it show what nested templates are given.
      new TemplateCheck(flat, findings).check();
      findings.throwIfAny(FaultCode.TEMPLATE_INVALID, "template.many");
    }
    HotGraph graph = new HotGraph(flat, parameters, Map.of(), Map.of());
    graph.expand(findings);
    findings.throwIfAny(FaultCode.TEMPLATE_INVALID, "template.many");
    KeptKeyPairs kept = KeptKeyPairs.of(graph);
    if (!kept.named().isEmpty()) {
      graph = new HotGraph(kept.template(), parameters, kept.named(), Map.of());
      graph.expand(findings);
    }
    KeptImages images = KeptImages.of(graph);
    if (!images.named().isEmpty()) {
      graph = new HotGraph(images.template(), parameters, kept.named(), images.named());
      graph.expand(findings);
    }
    graph.check(findings);
    graph.order(findings);
    findings.throwIfAny(FaultCode.TEMPLATE_INVALID, "template.many");
    return graph;
  }

  private void expand(Findings findings) {
    long total = template.definitions().size();
    for (ResourceDefinition definition : template.definitions().values()) {
      if (definition.members().isPresent()) {
        int count = count(definition, definition.members().get(), findings);
        counts.put(definition.name(), count);
        total += count;
        if (total > MAX_NODES) {
          findings.add(
              definition.where(),
              Phrase.of("template.too-many-resources", definition.name(), count, MAX_NODES),
              Phrase.of("template.too-many-resources-remedy"));
          return;
        }
      }
    }
    Implied implied = new Implied(this);
    for (ResourceDefinition definition : template.definitions().values()) {
      HotNode.Common common = new HotNode.Common(this, definition, implied.of(definition));
      for (int i = 0; i < count(definition.name()); i++) {
        HotNode member = HotNode.member(common, i);
        nodes.put(member.path(), member);
      }
      nodes.put(definition.name(), HotNode.whole(common));
    }
  }

  private int count(
      ResourceDefinition definition, ResourceDefinition.Members members, Findings findings) {
    if (members.count().isEmpty()) {
      return 1;
    }
    Expression expression = members.count().get();
    GraphScope scope = new GraphScope(this, References.NONE, findings);
    Optional<JsonValue> value = expression.evaluate(scope);
    Optional<BigDecimal> number = value.flatMap(Values::asNumber);
    if (number.isPresent()
        && number.get().signum() >= 0
        && number.get().stripTrailingZeros().scale() <= 0) {
      return number.get().min(BigDecimal.valueOf(1_000_000_000)).intValue();
    }
    findings.add(
        expression.where(),
        value.isEmpty()
            ? Phrase.of("template.count-not-known", definition.name())
            : Phrase.of("template.count-not-a-number", shown(expression, value.get())));
    return 0;
  }

  private String shown(Expression expression, JsonValue value) {
    return mentionsHidden(expression) ? ParameterValues.MASK : Values.shown(value);
  }

  /** Whether a hidden parameter goes into a value. */
  boolean mentionsHidden(Expression expression) {
    return (expression instanceof GetParam get && parameters.isHidden(get.name()))
        || (expression instanceof Given given && given.hidden())
        || expression.parts().stream().anyMatch(this::mentionsHidden);
  }

  /** Evaluates what does not depend on anything in a cloud. */
  synchronized Optional<JsonValue> known(Expression value) {
    return value.evaluate(beforeAnything);
  }

  /** The name under which the graph's project keeps a key pair that is not the template's own. */
  Optional<String> keptKeyPair(String path) {
    return Optional.ofNullable(keptKeyPairs.get(path));
  }

  /** The image of the graph's project that a resource stands for, which is not the template's. */
  Optional<KeptImage> keptImage(String path) {
    return Optional.ofNullable(keptImages.get(path)).map(template.source().images()::get);
  }

  /** The name under which the graph's project keeps it. */
  Optional<String> keptImageName(String path) {
    return Optional.ofNullable(keptImages.get(path));
  }

  private void check(Findings findings) {
    Set<String> hidden = new LinkedHashSet<>();
    template.parameters().stream()
        .filter(ParameterDefinition::hidden)
        .forEach(parameter -> hidden.add(parameter.name()));
    for (ResourceDefinition definition : template.definitions().values()) {
      checkMembersExist(definition, findings);
      // Before anything walks through it.
      if (!Size.isBearable(known(definition.madeProperties()))) {
        findings.add(definition.where(), TOO_LARGE, Phrase.of("template.value-too-large-remedy"));
      }
    }
    findings.throwIfAny(FaultCode.TEMPLATE_INVALID, "template.many");
    GraphScope scope = new GraphScope(this, References.NONE, findings);
    for (HotNode node : nodes.values()) {
      UnaryOperator<JsonValue> finish = node::finish;
      if (!node.isGroup()) {
        new PropertyCheck(node.type(), scope, hidden, finish, findings)
            .check(node.propertyExpressions());
        node.type().validate(node).forEach(violation -> findings.add(node.placed(violation)));
      }
    }
    template
        .outputValues()
        .values()
        .forEach(value -> Mention.in(value).forEach(mention -> memberExists(mention, findings)));
  }

  private void checkMembersExist(ResourceDefinition definition, Findings findings) {
    definition.mentions().forEach(mention -> memberExists(mention, findings));
    definition.memberMentions().forEach(mention -> memberExists(mention, findings));
  }

  private void memberExists(Mention mention, Findings findings) {
    Optional<String> member =
        mention.asAttribute().flatMap(get -> get.attribute()).flatMap(Attributes::member);
    if (member.isPresent()
        && counts.containsKey(mention.resource())
        && !nodes.containsKey(mention.resource() + "/" + member.get())) {
      findings.add(
          mention.expression().where(),
          Phrase.of(
              "template.no-such-member",
              mention.resource(),
              member.get(),
              count(mention.resource())));
    }
  }

  private void order(Findings findings) {
    Map<String, List<String>> needs = new LinkedHashMap<>();
    for (HotNode node : nodes.values()) {
      needs.put(node.path(), node.references().stream().map(ResourceReference::target).toList());
    }
    Order order = Order.of(nodes.keySet(), needs);
    if (order.cycle().isEmpty()) {
      List<ResourceNode> sorted = new ArrayList<>();
      order.sorted().forEach(path -> sorted.add(nodes.get(path)));
      ordered = List.copyOf(sorted);
    } else {
      List<String> round = new ArrayList<>(order.cycle());
      round.add(round.get(0));
      findings.add(
          nodes.get(round.get(0)).definition().where(),
          Phrase.of("template.circular", String.join(" → ", round)),
          Phrase.of("template.circular-remedy"));
    }
  }

  HotTemplate template() {
    return template;
  }

  ParameterValues parameters() {
    return parameters;
  }

  Optional<ResourceDefinition> definition(String name) {
    return Optional.ofNullable(template.definitions().get(name));
  }

  /** Number of a group's members; 0 of what is no group. */
  int count(String group) {
    return counts.getOrDefault(group, 0);
  }

  Optional<HotNode> node(String path) {
    return Optional.ofNullable(nodes.get(path));
  }

  @Override
  public List<ResourceNode> nodes() {
    return ordered;
  }

  @Override
  public Optional<ResourceNode> find(String path) {
    return Optional.ofNullable(nodes.get(path));
  }

  @Override
  public List<OutputDefinition> outputs() {
    return template.outputs();
  }

  @Override
  public Optional<JsonValue> output(String name, References references) {
    Expression value = template.outputValues().get(name);
    return value == null
        ? Optional.empty()
        : value
            .evaluate(GraphScope.ofPeople(this, references))
            .filter(Size::isBearable)
            .map(hidden()::mask);
  }

  @Override
  public synchronized HiddenValues hidden() {
    if (hidden == null) {
      List<JsonValue> values = new ArrayList<>(parameters.hiddenValues());
      for (ResourceDefinition definition : template.definitions().values()) {
        collectHidden(definition.properties(), values);
        definition.members().ifPresent(members -> collectHidden(members.properties(), values));
      }
      template.outputValues().values().forEach(output -> collectHidden(output, values));
      hidden = new HiddenValues(values);
    }
    return hidden;
  }

  /** What nested templates are given for their hidden parameters. */
  private void collectHidden(Expression value, List<JsonValue> into) {
    if (value instanceof Given given && given.hidden()) {
      given.evaluate(beforeAnything).ifPresent(into::add);
    }
    value.parts().forEach(part -> collectHidden(part, into));
  }

  /** Properties as far as they are known without anything in a cloud. */
  synchronized JsonObject known(MapExpression properties) {
    return properties.evaluateKnown(beforeAnything).orElseThrow().asJsonObject();
  }
}
