package io.isthmus.domain.template;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.function.Expression;
import io.isthmus.domain.template.function.GetAttr;
import io.isthmus.domain.template.function.GetParam;
import io.isthmus.domain.template.function.GetResource;
import io.isthmus.domain.template.function.Given;
import io.isthmus.domain.template.function.Literal;
import io.isthmus.domain.template.function.MapExpression;
import io.isthmus.domain.template.function.Scope;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** One use of a template. */
final class NestedUse implements Scope {

  private static final JsonValue MASK = Values.text(ParameterValues.MASK);

  private final Flattening whole;
  private final HotTemplate template;
  private final String prefix;
  private final Optional<String> within;
  private final Map<String, Expression> arguments;
  private final Map<String, NestedUse> inner = new HashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private final Map<String, Expression> outputs = new HashMap<>();

  /**
   * @param within path of the group or nested template that it came out of
   * @param arguments what parameters stand for; unused by the outermost template
   */
  NestedUse(
      Flattening whole,
      HotTemplate template,
      String prefix,
      Optional<String> within,
      Map<String, Expression> arguments) {
    this.whole = whole;
    this.template = template;
    this.prefix = prefix;
    this.within = within;
    this.arguments = arguments;
  }

  Expression rewritten(Expression value) {
    Literal nothing = new Literal(JsonValue.NULL, value.where());
    Expression made = value.settled(this).orElse(nothing);
    return whole.isBearable(made) ? made : nothing;
  }

  /**
   * Writes its resources out.
   *
   * @param needs what the nested template as a whole must come after
   * @param policy of the nested template as a whole
   * @param inherited metadata of the nested template as a whole; its resources' own wins
   */
  void emit(Map<String, Where> needs, DeletionPolicy policy, Map<String, Expression> inherited) {
    for (ResourceDefinition definition : template.definitions().values()) {
      Map<String, Where> all = new LinkedHashMap<>(needs);
      definition.dependsOn().forEach((name, where) -> all.put(prefix + name, where));
      boolean retained =
          policy == DeletionPolicy.RETAIN || definition.deletionPolicy() == DeletionPolicy.RETAIN;
      DeletionPolicy own = retained ? DeletionPolicy.RETAIN : definition.deletionPolicy();
      if (definition.nested().isPresent()) {
        List<NestedUse> made = usesOf(definition);
        for (int i = 0; i < made.size(); i++) {
          made.get(i).emit(all, own, metadata(definition, i, inherited));
        }
      } else {
        ResourceDefinition moved = definition.moved(prefix + definition.name(), this, within);
        if (!whole.take(moved.needing(all).keeping(own).described(inherited))) {
          return;
        }
      }
    }
  }

  /** What all resources of a nested template, or of a member of a group of them, are said to be. */
  private Map<String, Expression> metadata(
      ResourceDefinition definition, int index, Map<String, Expression> inherited) {
    Map<String, Expression> all = new LinkedHashMap<>(inherited);
    if (definition.madeMetadata() instanceof MapExpression own) {
      own.entries()
          .forEach((key, value) -> all.put(key, ofMember(definition, index, rewritten(value))));
    }
    return all;
  }

  private static Expression ofMember(ResourceDefinition definition, int index, Expression value) {
    return definition
        .members()
        .<Expression>map(
            members ->
                new Given(
                    value,
                    ParameterType.STRING,
                    text -> Indexed.replace(text, members.indexVar(), Integer.toString(index)),
                    false,
                    value.where()))
        .orElse(value);
  }

  private List<NestedUse> usesOf(ResourceDefinition definition) {
    if (definition.members().isEmpty()) {
      return use(definition, definition.name(), UnaryOperator.identity()).stream().toList();
    }
    List<NestedUse> members = new ArrayList<>();
    for (int i = 0; i < count(definition); i++) {
      Optional<NestedUse> member = member(definition, i);
      if (member.isEmpty()) {
        break;
      }
      members.add(member.get());
    }
    return members;
  }

  private Optional<NestedUse> member(ResourceDefinition group, int index) {
    String number = String.valueOf(index);
    String indexVar = group.members().orElseThrow().indexVar();
    return use(
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
    Optional<JsonValue> value = whole.known(expression);
    Optional<BigDecimal> number = value.flatMap(Values::asNumber);
    boolean isCount =
        number.isPresent()
            && number.get().signum() >= 0
            && number.get().stripTrailingZeros().scale() <= 0;
    if (!isCount) {
      whole.findings.add(
          expression.where(),
          value.isEmpty()
              ? Phrase.of("template.count-not-known", prefix + group.name())
              : Phrase.of(
                  "template.count-not-a-number",
                  Values.shown(whole.isHidden(expression) ? MASK : value.get())));
      return 0;
    }
    if (number.get().compareTo(BigDecimal.valueOf(HotGraph.MAX_NODES)) > 0) {
      whole.tooMany(group);
      return 0;
    }
    return number.get().intValueExact();
  }

  private Optional<NestedUse> use(
      ResourceDefinition definition, String name, UnaryOperator<JsonValue> finish) {
    NestedUse made = inner.get(name);
    if (made != null) {
      return Optional.of(made);
    }
    String path = prefix + name;
    if (!whole.hasRoomForUse(definition) || !whole.enters(path, definition.where())) {
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
    NestedArguments said = new NestedArguments(definition, whole, this::rewritten);
    for (ParameterDefinition parameter : nested.parameters()) {
      if (parameter.hidden()) {
        hidden.add(parameter.name());
      }
      Expression argument = said.argument(parameter, finish);
      given.put(parameter.name(), argument);
      said.checked(argument, parameter).ifPresent(value -> values.put(parameter.name(), value));
    }
    whole.leaves(path);
    HotTemplate settled =
        Settlement.of(nested, new ParameterValues(values, hidden), whole.findings);
    Optional<String> group =
        Optional.of(definition.members().isPresent() ? prefix + definition.name() : path);
    NestedUse use = new NestedUse(whole, settled, path + "/", group, given);
    inner.put(name, use);
    return Optional.of(use);
  }

  private Map<String, JsonValue> pseudo(String path) {
    Map<String, JsonValue> values = new LinkedHashMap<>();
    for (String name : PseudoParameters.NAMES) {
      whole.parameters.find(name).ifPresent(value -> values.put(name, value));
    }
    values.computeIfPresent(
        PseudoParameters.STACK_NAME,
        (name, value) -> Values.text(Values.python(value) + "-" + path.replace('/', '-')));
    return values;
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
    Expression value = arguments.getOrDefault(get.name(), new Literal(JsonValue.NULL, get.where()));
    return WrittenOut.selected(value, get.path(), Values.text(""), get.where());
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
    return use(definition, definition.name(), UnaryOperator.identity())
        .map(use -> use.reference(get.where()))
        .orElseGet(() -> new Literal(JsonValue.NULL, get.where()));
  }

  /** What names it as a whole. */
  Expression reference(Where where) {
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
    if (!whole.enters(path, where)) {
      return new Literal(JsonValue.NULL, where);
    }
    Expression made = made(name, value);
    whole.leaves(path);
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
    List<NestedUse> members = usesOf(definition);
    if (definition.members().isEmpty()) {
      return members.isEmpty()
          ? new Literal(JsonValue.NULL, get.where())
          : members.get(0).attribute(get, get.path());
    }
    return new NestedGroup(prefix + definition.name(), members, whole.findings).attribute(get);
  }

  /** What {@code path} leads to among its outputs; all of them for an empty one. */
  Expression attribute(GetAttr get, List<Expression> path) {
    if (path.isEmpty()) {
      Map<String, Expression> all = new LinkedHashMap<>();
      template.outputValues().keySet().forEach(key -> all.put(key, output(key, get.where())));
      return new MapExpression(all, Map.of(), get.where());
    }
    Optional<String> name = WrittenOut.text(path.get(0));
    if (name.isEmpty()) {
      whole.findings.add(path.get(0).where(), Phrase.of("template.nested-attribute-written-out"));
      return new Literal(JsonValue.NULL, get.where());
    }
    return WrittenOut.below(
        output(name.get(), get.where()), path.subList(1, path.size()), get.where());
  }

  @Override
  public void problem(Where where, Phrase message, Phrase remedy) {
    whole.findings.add(where, message, remedy);
  }
}
