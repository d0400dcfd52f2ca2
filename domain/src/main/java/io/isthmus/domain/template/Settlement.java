package io.isthmus.domain.template;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.function.Conditions;
import io.isthmus.domain.template.function.Expression;
import io.isthmus.domain.template.function.GetAttr;
import io.isthmus.domain.template.function.Literal;
import io.isthmus.domain.template.function.Scope;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides conditions once parameters are known: what shall not be is taken out of the template, and
 * every {@code if} gives way to what it chooses, so that nothing later has to know of them.
 */
final class Settlement implements Scope {

  private final HotTemplate template;
  private final ParameterValues parameters;
  private final Findings findings;
  private final Map<String, Optional<Boolean>> decided = new HashMap<>();

  private Settlement(HotTemplate template, ParameterValues parameters, Findings findings) {
    this.template = template;
    this.parameters = parameters;
    this.findings = findings;
  }

  static HotTemplate of(HotTemplate template, ParameterValues parameters, Findings findings) {
    return new Settlement(template, parameters, findings).settle();
  }

  /** The names of conditions, each after those that it is made of; those in a circle come last. */
  static Order order(Map<String, Expression> conditions) {
    Map<String, List<String>> needs = new LinkedHashMap<>();
    conditions.forEach((name, condition) -> needs.put(name, Conditions.names(condition)));
    needs.values().forEach(names -> names.retainAll(conditions.keySet()));
    return Order.of(conditions.keySet(), needs);
  }

  private HotTemplate settle() {
    for (String name : order(template.conditions()).sorted()) {
      decided.put(name, Conditions.holds(template.conditions().get(name), this));
    }
    Set<String> left = new LinkedHashSet<>();
    for (ResourceDefinition definition : template.definitions().values()) {
      if (!isWanted(definition.condition())) {
        left.add(definition.name());
      }
    }
    Map<String, ResourceDefinition> resources = new LinkedHashMap<>();
    for (ResourceDefinition definition : template.definitions().values()) {
      if (!left.contains(definition.name())) {
        ResourceDefinition settled = definition.settled(this, left);
        resources.put(definition.name(), settled);
        settled.mentions().forEach(mention -> isThere(mention, left));
        settled.memberMentions().forEach(mention -> isThere(mention, left));
        Mention.in(settled.metadata()).forEach(mention -> isThere(mention, left));
      }
    }
    List<HotTemplate.Output> outputs = new ArrayList<>();
    for (HotTemplate.Output output : template.outputEntries()) {
      if (isWanted(output.condition())) {
        Expression value =
            output
                .value()
                .settled(this)
                .orElseGet(() -> new Literal(JsonValue.NULL, output.value().where()));
        Mention.in(value).forEach(mention -> isThere(mention, left));
        outputs.add(new HotTemplate.Output(output.definition(), value, Optional.empty()));
      }
    }
    return template.settled(resources, outputs);
  }

  /** What cannot be decided has been told; going on finds what else is wrong. */
  private boolean isWanted(Optional<Expression> condition) {
    return condition.flatMap(c -> Conditions.holds(c, this)).orElse(true);
  }

  private void isThere(Mention mention, Set<String> left) {
    if (left.contains(mention.resource())) {
      Where where =
          mention.asAttribute().map(GetAttr::resourceAt).orElse(mention.expression().where());
      findings.add(
          where,
          Phrase.of("template.resource-left-out", mention.resource()),
          Phrase.of("template.resource-left-out-remedy"));
    }
  }

  @Override
  public Optional<JsonValue> parameter(String name) {
    return parameters.find(name);
  }

  @Override
  public Optional<Boolean> condition(String name) {
    return decided.getOrDefault(name, Optional.empty());
  }

  @Override
  public void problem(Where where, Phrase message, Phrase remedy) {
    findings.add(where, message, remedy);
  }
}
