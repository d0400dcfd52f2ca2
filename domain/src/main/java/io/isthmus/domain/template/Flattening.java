package io.isthmus.domain.template;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.function.Expression;
import io.isthmus.domain.template.function.GetAttr;
import io.isthmus.domain.template.function.GetParam;
import io.isthmus.domain.template.function.GetResource;
import io.isthmus.domain.template.function.Given;
import io.isthmus.domain.template.function.ListExpression;
import io.isthmus.domain.template.function.Literal;
import io.isthmus.domain.template.function.MapExpression;
import io.isthmus.domain.template.function.Scope;
import io.isthmus.domain.template.function.Selected;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Puts nested templates into the one that uses them: a nested resource {@code server} of {@code
 * web} becomes {@code web/server}, parameters give way to what they are given, and outputs to what
 * they are made of, so that nothing later has to know of nesting.
 */
final class Flattening {

  /** Most needs that {@code depends_on} of nested templates may come to, written out. */
  private static final int MAX_NEEDS = 100_000;

  /** Most parts of one value, written out. */
  private static final int MAX_PARTS = 100_000;

  /** Most parts of all resources together. */
  private static final int MAX_ALL_PARTS = 2_000_000;

  private final HotTemplate outermost;
  private final ParameterValues parameters;
  private final Findings findings;
  private final Scope known = new Known();
  private final TreeMap<String, ResourceDefinition> byPath = new TreeMap<>();
  private final Map<String, ResourceDefinition> flat = new LinkedHashMap<>();
  private final Set<String> open = new HashSet<>();
  private final Map<Expression, Long> weights = new IdentityHashMap<>();
  private long parts;
  private int instances;

  private Flattening(HotTemplate outermost, ParameterValues parameters, Findings findings) {
    this.outermost = outermost;
    this.parameters = parameters;
    this.findings = findings;
  }

  /**
   * @param settled without conditions
   */
  static HotTemplate of(HotTemplate settled, ParameterValues parameters, Findings findings) {
    boolean isFlat = settled.definitions().values().stream().allMatch(d -> d.nested().isEmpty());
    return isFlat ? settled : new Flattening(settled, parameters, findings).flatten();
  }

  private HotTemplate flatten() {
    Instance whole = new Instance(outermost, "", Optional.empty(), Map.of());
    whole.emit(Map.of(), DeletionPolicy.DELETE);
    List<HotTemplate.Output> outputs = new ArrayList<>();
    for (HotTemplate.Output output : outermost.outputEntries()) {
      outputs.add(
          new HotTemplate.Output(
              output.definition(), whole.rewritten(output.value()), Optional.empty()));
    }
    writeNeedsOut();
    return outermost.settled(flat, outputs);
  }

  /** Who needs a nested template needs all of its resources. */
  private void writeNeedsOut() {
    int needs = 0;
    for (ResourceDefinition definition : List.copyOf(flat.values())) {
      Map<String, Where> written = new LinkedHashMap<>();
      for (Map.Entry<String, Where> need : definition.dependsOn().entrySet()) {
        if (flat.containsKey(need.getKey())) {
          written.put(need.getKey(), need.getValue());
        } else {
          below(need.getKey()).forEach(path -> written.put(path, need.getValue()));
        }
      }
      needs += written.size();
      if (needs > MAX_NEEDS) {
        findings.add(
            definition.where(),
            Phrase.of("template.nested-too-many-needs", MAX_NEEDS),
            Phrase.of("template.too-many-resources-remedy"));
        return;
      }
      flat.put(definition.name(), definition.needing(written));
    }
  }

  /** Parts are shared, so that a small template can stand for a huge one. */
  private boolean isBearable(Expression value) {
    boolean bearable = weight(value) <= MAX_PARTS;
    if (!bearable) {
      tooManyParts(value.where());
    }
    return bearable;
  }

  private void tooManyParts(Where where) {
    findings.add(
        where,
        Phrase.of("template.nested-too-many-parts"),
        Phrase.of("template.value-too-large-remedy"));
  }

  /** Number of parts, written out. */
  private long weight(Expression value) {
    Long known = weights.get(value);
    if (known == null) {
      long sum = 1;
      for (Expression part : value.parts()) {
        sum = Math.min(sum + weight(part), MAX_PARTS + 1L);
      }
      known = sum;
      weights.put(value, known);
    }
    return known;
  }

  private Set<String> below(String path) {
    return byPath.subMap(path + "/", path + "0").keySet();
  }

  private void problem(Where where, Phrase message) {
    findings.add(where, message);
  }

  /** One use of a template. */
  private final class Instance implements Scope {

    private final HotTemplate template;
    private final String prefix;
    private final Optional<String> within;
    private final Map<String, Expression> arguments;
    private final Map<String, Instance> inner = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final Map<String, Expression> outputs = new HashMap<>();

    /**
     * @param within path of the group or nested template that it came out of
     * @param arguments what parameters stand for; unused by the outermost template
     */
    Instance(
        HotTemplate template,
        String prefix,
        Optional<String> within,
        Map<String, Expression> arguments) {
      this.template = template;
      this.prefix = prefix;
      this.within = within;
      this.arguments = arguments;
    }

    Expression rewritten(Expression value) {
      Literal nothing = new Literal(JsonValue.NULL, value.where());
      Expression made = value.settled(this).orElse(nothing);
      return isBearable(made) ? made : nothing;
    }

    /**
     * Writes its resources out.
     *
     * @param needs what the nested template as a whole must come after
     * @param policy of the nested template as a whole
     */
    void emit(Map<String, Where> needs, DeletionPolicy policy) {
      for (ResourceDefinition definition : template.definitions().values()) {
        Map<String, Where> all = new LinkedHashMap<>(needs);
        definition.dependsOn().forEach((name, where) -> all.put(prefix + name, where));
        boolean retained =
            policy == DeletionPolicy.RETAIN || definition.deletionPolicy() == DeletionPolicy.RETAIN;
        DeletionPolicy own = retained ? DeletionPolicy.RETAIN : definition.deletionPolicy();
        if (definition.nested().isPresent()) {
          for (Instance instance : instancesOf(definition)) {
            instance.emit(all, own);
          }
        } else if (hasRoom(definition)) {
          ResourceDefinition moved = definition.moved(prefix + definition.name(), this, within);
          ResourceDefinition whole = moved.needing(all).keeping(own);
          parts += definitionWeight(whole);
          if (parts > MAX_ALL_PARTS || !isBearable(whole.properties())) {
            tooManyParts(whole.where());
            return;
          }
          flat.put(whole.name(), whole);
          byPath.put(whole.name(), whole);
        }
      }
    }

    private long definitionWeight(ResourceDefinition definition) {
      return weight(definition.properties()) + weight(definition.metadata());
    }

    private boolean hasRoom(ResourceDefinition definition) {
      if (flat.size() < HotGraph.MAX_NODES) {
        return true;
      }
      tooMany(definition);
      return false;
    }

    private void tooMany(ResourceDefinition definition) {
      findings.add(
          definition.where(),
          Phrase.of("template.nested-too-many", HotGraph.MAX_NODES),
          Phrase.of("template.too-many-resources-remedy"));
    }

    private List<Instance> instancesOf(ResourceDefinition definition) {
      if (definition.members().isEmpty()) {
        return instance(definition, definition.name(), UnaryOperator.identity()).stream().toList();
      }
      List<Instance> members = new ArrayList<>();
      for (int i = 0; i < count(definition); i++) {
        Optional<Instance> member = member(definition, i);
        if (member.isEmpty()) {
          break;
        }
        members.add(member.get());
      }
      return members;
    }

    private Optional<Instance> member(ResourceDefinition group, int index) {
      String number = String.valueOf(index);
      String indexVar = group.members().orElseThrow().indexVar();
      return instance(
          group, group.name() + "/" + number, value -> Indexed.replace(value, indexVar, number));
    }

    /** How many members a group of nested templates has. */
    private int count(ResourceDefinition group) {
      Integer counted = counts.get(group.name());
      if (counted == null) {
        counted =
            group.members().orElseThrow().count().map(e -> count(group, rewritten(e))).orElse(1);
        counts.put(group.name(), counted);
      }
      return counted;
    }

    private int count(ResourceDefinition group, Expression expression) {
      Optional<JsonValue> value = expression.evaluate(known);
      Optional<BigDecimal> number = value.flatMap(Values::asNumber);
      boolean isCount =
          number.isPresent()
              && number.get().signum() >= 0
              && number.get().stripTrailingZeros().scale() <= 0;
      if (!isCount) {
        problem(
            expression.where(),
            value.isEmpty()
                ? Phrase.of("template.count-not-known", prefix + group.name())
                : Phrase.of(
                    "template.count-not-a-number",
                    Values.shown(isHidden(expression) ? MASK : value.get())));
        return 0;
      }
      if (number.get().compareTo(BigDecimal.valueOf(HotGraph.MAX_NODES)) > 0) {
        tooMany(group);
        return 0;
      }
      return number.get().intValueExact();
    }

    private Optional<Instance> instance(
        ResourceDefinition definition, String name, UnaryOperator<JsonValue> finish) {
      Instance made = inner.get(name);
      if (made != null) {
        return Optional.of(made);
      }
      String path = prefix + name;
      if (++instances > HotGraph.MAX_NODES) {
        tooMany(definition);
        return Optional.empty();
      }
      if (!open.add(path)) {
        circular(definition.where(), path);
        return Optional.empty();
      }
      HotTemplate nested = definition.nested().orElseThrow().template();
      Map<String, Expression> given = new LinkedHashMap<>();
      Map<String, JsonValue> values = new LinkedHashMap<>();
      pseudo(path)
          .forEach(
              (key, value) -> {
                values.put(key, value);
                given.put(key, new Literal(value, definition.where()));
              });
      Set<String> hidden = new HashSet<>();
      for (ParameterDefinition parameter : nested.parameters()) {
        if (parameter.hidden()) {
          hidden.add(parameter.name());
        }
        Expression argument = argument(definition, parameter, finish);
        given.put(parameter.name(), argument);
        checked(argument, parameter).ifPresent(value -> values.put(parameter.name(), value));
      }
      open.remove(path);
      HotTemplate settled = Settlement.of(nested, new ParameterValues(values, hidden), findings);
      Optional<String> group =
          Optional.of(definition.members().isPresent() ? prefix + definition.name() : path);
      Instance instance = new Instance(settled, path + "/", group, given);
      inner.put(name, instance);
      return Optional.of(instance);
    }

    private Map<String, JsonValue> pseudo(String path) {
      Map<String, JsonValue> values = new LinkedHashMap<>();
      for (String name : PseudoParameters.NAMES) {
        parameters.find(name).ifPresent(value -> values.put(name, value));
      }
      values.computeIfPresent(
          PseudoParameters.STACK_NAME,
          (name, value) -> Values.text(Values.python(value) + "-" + path.replace('/', '-')));
      return values;
    }

    private Expression argument(
        ResourceDefinition definition,
        ParameterDefinition parameter,
        UnaryOperator<JsonValue> finish) {
      MapExpression properties = definition.madeProperties();
      Expression written = properties.entries().get(parameter.name());
      boolean isGiven =
          written != null
              && !(written instanceof Literal literal && literal.value().equals(JsonValue.NULL));
      if (isGiven) {
        Expression value = rewritten(written);
        boolean isReference = value instanceof GetResource;
        return isReference ? value : given(value, parameter, finish, written.where());
      }
      Optional<JsonValue> otherwise =
          Optional.ofNullable(parameters.nestedDefaults().get(parameter.name()))
              .or(parameter::defaultValue);
      if (otherwise.isEmpty()) {
        problem(
            definition.where(),
            Phrase.of("template.nested-parameter-needed", parameter.name(), definition.madeType()));
      }
      Literal value = new Literal(otherwise.orElse(JsonValue.NULL), parameter.where());
      return given(value, parameter, UnaryOperator.identity(), definition.where());
    }

    /** A reference, alone or in a list, stays one, so that its target is known. */
    private Expression given(
        Expression value,
        ParameterDefinition parameter,
        UnaryOperator<JsonValue> finish,
        Where where) {
      if (value instanceof ListExpression list
          && list.items().stream().anyMatch(GetResource.class::isInstance)) {
        return new ListExpression(
            list.items().stream()
                .map(
                    item ->
                        item instanceof GetResource
                            ? item
                            : new Given(
                                item,
                                ParameterType.STRING,
                                finish,
                                parameter.hidden(),
                                item.where()))
                .toList(),
            list.where());
      }
      if (value instanceof GetAttr && parameter.type() == ParameterType.STRING) {
        return value;
      }
      return new Given(value, parameter.type(), finish, parameter.hidden(), where);
    }

    /** The value, if it is known already, held against the parameter. */
    private Optional<JsonValue> checked(Expression argument, ParameterDefinition parameter) {
      Optional<JsonValue> value = argument.evaluate(known);
      if (value.isEmpty() || value.get().equals(JsonValue.NULL)) {
        return Optional.empty();
      }
      boolean masked = parameter.hidden() || isHidden(argument);
      if (!Size.isBearable(value.get())) {
        problem(argument.where(), HotGraph.TOO_LARGE);
        return Optional.empty();
      }
      Optional<JsonValue> read = parameter.type().read(value.get());
      if (read.isEmpty() || isOfOtherType(read.get(), parameter.type())) {
        problem(
            argument.where(),
            Phrase.of(
                "template.not-a-" + parameter.type().text().replace('_', '-'),
                masked ? ParameterValues.MASK : Values.shown(value.get())));
        return Optional.empty();
      }
      ValueCheck.check(read.get(), parameter.constraints(), masked, argument.where(), findings);
      return read;
    }

    private boolean isHidden(Expression value) {
      return (value instanceof GetParam get && parameters.isHidden(get.name()))
          || (value instanceof Given given && given.hidden())
          || value.parts().stream().anyMatch(this::isHidden);
    }

    private static boolean isOfOtherType(JsonValue value, ParameterType type) {
      return type == ParameterType.STRING
          && (value.getValueType() == JsonValue.ValueType.ARRAY
              || value.getValueType() == JsonValue.ValueType.OBJECT);
    }

    private void circular(Where where, String path) {
      findings.add(
          where,
          Phrase.of("template.circular", path + " → " + path),
          Phrase.of("template.circular-remedy"));
    }

    @Override
    public Expression replaced(Expression reference) {
      if (reference instanceof GetParam get) {
        return parameter(get);
      }
      if (reference instanceof GetResource get) {
        return resource(get);
      }
      return attribute((GetAttr) reference);
    }

    private Expression parameter(GetParam get) {
      if (prefix.isEmpty()) {
        return get;
      }
      Expression value =
          arguments.getOrDefault(get.name(), new Literal(JsonValue.NULL, get.where()));
      return selected(value, get.path(), Values.text(""), get.where());
    }

    private Expression resource(GetResource get) {
      ResourceDefinition definition = template.definitions().get(get.resource());
      String path = prefix + get.resource();
      if (definition == null || definition.nested().isEmpty()) {
        return new GetResource(path, get.where());
      }
      if (definition.members().isPresent()) {
        return new Literal(Values.text(path), get.where());
      }
      return instance(definition, definition.name(), UnaryOperator.identity())
          .map(instance -> instance.reference(get.where()))
          .orElseGet(() -> new Literal(JsonValue.NULL, get.where()));
    }

    /** What names it as a whole. */
    private Expression reference(Where where) {
      boolean isSaid = template.outputValues().containsKey(NestedType.REFERENCE);
      return isSaid
          ? output(NestedType.REFERENCE, where)
          : new Literal(Values.text(prefix.substring(0, prefix.length() - 1)), where);
    }

    private Expression output(String name, Where where) {
      Expression value = template.outputValues().get(name);
      String path = prefix + "#" + name;
      if (value == null) {
        // Its condition leaves it out.
        return new Literal(JsonValue.NULL, where);
      }
      if (!open.add(path)) {
        circular(where, path);
        return new Literal(JsonValue.NULL, where);
      }
      Expression made = made(name, value);
      open.remove(path);
      return made;
    }

    private Expression made(String name, Expression value) {
      Expression made = outputs.get(name);
      if (made == null) {
        made = rewritten(value);
        outputs.put(name, made);
      }
      return made;
    }

    private Expression attribute(GetAttr get) {
      ResourceDefinition definition = template.definitions().get(get.resource());
      if (definition == null || definition.nested().isEmpty()) {
        return new GetAttr(prefix + get.resource(), get.resourceAt(), get.path(), get.where());
      }
      List<Instance> members = instancesOf(definition);
      if (definition.members().isEmpty()) {
        return members.isEmpty()
            ? new Literal(JsonValue.NULL, get.where())
            : members.get(0).attribute(get, get.path());
      }
      return ofGroup(get, members, prefix + definition.name());
    }

    private Expression attribute(GetAttr get, List<Expression> path) {
      if (path.isEmpty()) {
        Map<String, Expression> all = new LinkedHashMap<>();
        template.outputValues().keySet().forEach(key -> all.put(key, output(key, get.where())));
        return new MapExpression(all, Map.of(), get.where());
      }
      Optional<String> name = text(path.get(0));
      if (name.isEmpty()) {
        problem(path.get(0).where(), Phrase.of("template.nested-attribute-written-out"));
        return new Literal(JsonValue.NULL, get.where());
      }
      return below(output(name.get(), get.where()), path.subList(1, path.size()), get.where());
    }

    private Expression below(Expression value, List<Expression> path, Where where) {
      return selected(value, path, JsonValue.NULL, where);
    }

    /** Walks as far as maps and lists are written out, so that a reference stays one. */
    private Expression selected(
        Expression value, List<Expression> path, JsonValue nowhere, Where where) {
      Expression at = value;
      int step = 0;
      while (step < path.size()) {
        Optional<Expression> next = step(at, text(path.get(step)).orElse(""));
        if (next.isEmpty()) {
          return new Selected(at, path.subList(step, path.size()), nowhere, where);
        }
        at = next.get();
        step++;
      }
      return at;
    }

    private static Optional<Expression> step(Expression from, String step) {
      if (from instanceof MapExpression map) {
        return Optional.ofNullable(map.entries().get(step));
      }
      return from instanceof ListExpression list
              && step.matches("\\d{1,6}")
              && Integer.parseInt(step) < list.items().size()
          ? Optional.of(list.items().get(Integer.parseInt(step)))
          : Optional.empty();
    }

    private Optional<String> text(Expression step) {
      return step instanceof Literal literal
          ? Optional.of(Values.python(literal.value()))
          : Optional.empty();
    }

    private Expression ofGroup(GetAttr get, List<Instance> members, String path) {
      Optional<String> first = get.path().isEmpty() ? Optional.empty() : text(get.path().get(0));
      if (first.isEmpty()) {
        problem(get.where(), Phrase.of("template.nested-attribute-written-out"));
        return new Literal(JsonValue.NULL, get.where());
      }
      List<Expression> rest = get.path().subList(1, get.path().size());
      Where where = get.where();
      Optional<String> member = Attributes.member(first.get());
      if (member.isPresent()) {
        return ofMember(get, members, path, first.get(), rest);
      }
      return switch (first.get()) {
        case "refs" ->
            below(
                new ListExpression(members.stream().map(m -> m.reference(where)).toList(), where),
                rest,
                where);
        case "refs_map" ->
            below(
                numbered(members.stream().map(m -> m.reference(where)).toList(), where),
                rest,
                where);
        case "attributes" ->
            numbered(members.stream().map(m -> m.attribute(get, rest)).toList(), where);
        default ->
            new ListExpression(
                members.stream().map(m -> m.attribute(get, get.path())).toList(), where);
      };
    }

    private Expression numbered(List<Expression> values, Where where) {
      Map<String, Expression> map = new LinkedHashMap<>();
      for (Expression value : values) {
        map.put(String.valueOf(map.size()), value);
      }
      return new MapExpression(map, Map.of(), where);
    }

    private Expression ofMember(
        GetAttr get, List<Instance> members, String path, String attribute, List<Expression> rest) {
      String number = Attributes.member(attribute).orElseThrow();
      int index = number.matches("\\d{1,6}") ? Integer.parseInt(number) : members.size();
      if (index >= members.size()) {
        problem(get.where(), Phrase.of("template.no-such-member", path, number, members.size()));
        return new Literal(JsonValue.NULL, get.where());
      }
      Instance member = members.get(index);
      Optional<String> name = Attributes.belowMember(attribute);
      if (name.isEmpty() && rest.isEmpty()) {
        return member.reference(get.where());
      }
      List<Expression> steps = new ArrayList<>(rest);
      name.ifPresent(n -> steps.add(0, new Literal(Values.text(n), get.where())));
      return member.attribute(get, steps);
    }

    @Override
    public Optional<JsonValue> parameter(String name) {
      return Optional.empty();
    }

    @Override
    public Optional<JsonValue> resource(String name) {
      return Optional.empty();
    }

    @Override
    public Optional<JsonValue> attribute(String name, List<JsonValue> path) {
      return Optional.empty();
    }

    @Override
    public void problem(Where where, Phrase message, Phrase remedy) {
      findings.add(where, message, remedy);
    }

    private void problem(Where where, Phrase message) {
      Flattening.this.problem(where, message);
    }
  }

  private static final JsonValue MASK = Values.text(ParameterValues.MASK);

  /** Knows the outermost template's parameters, and nothing of clouds. */
  private final class Known implements Scope {

    @Override
    public Optional<JsonValue> parameter(String name) {
      return parameters.find(name);
    }

    @Override
    public Optional<JsonValue> resource(String name) {
      return Optional.empty();
    }

    @Override
    public Optional<JsonValue> attribute(String name, List<JsonValue> path) {
      return Optional.empty();
    }

    @Override
    public void problem(Where where, Phrase message, Phrase remedy) {
      findings.add(where, message, remedy);
    }
  }
}
