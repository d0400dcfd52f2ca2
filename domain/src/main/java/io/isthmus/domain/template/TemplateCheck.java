package io.isthmus.domain.template;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.function.Expression;
import io.isthmus.domain.template.function.GetAttr;
import io.isthmus.domain.template.function.GetParam;
import io.isthmus.domain.template.function.If;
import io.isthmus.domain.template.function.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks a template as a whole: that what is referred to is there, and nothing goes in circles. */
final class TemplateCheck {

  private final HotTemplate template;
  private final Findings findings;
  private final Map<String, ResourceDefinition> resources;

  TemplateCheck(HotTemplate template, Findings findings) {
    this.template = template;
    this.findings = findings;
    this.resources = template.definitions();
  }

  void check() {
    conditions();
    for (ResourceDefinition resource : resources.values()) {
      resource(resource);
    }
    for (HotTemplate.Output output : template.outputEntries()) {
      Expression value = output.value();
      output.condition().ifPresent(this::parameters);
      parameters(value);
      Mention.in(value).forEach(this::mention);
      value.evaluate(new Blank());
    }
    cycles();
  }

  private void conditions() {
    template.conditions().values().forEach(this::parameters);
    List<String> circle = Settlement.order(template.conditions()).cycle();
    if (!circle.isEmpty()) {
      List<String> round = new ArrayList<>(circle);
      round.add(circle.get(0));
      findings.add(
          template.conditions().get(circle.get(0)).where(),
          Phrase.of("template.condition-circular", String.join(" → ", round)));
    }
  }

  private void resource(ResourceDefinition resource) {
    resource.condition().ifPresent(this::parameters);
    parameters(resource.properties());
    parameters(resource.metadata());
    Mention.in(resource.metadata()).forEach(this::mention);
    resource.mentions().forEach(this::mention);
    resource.memberMentions().forEach(this::mention);
    resource
        .dependsOn()
        .forEach(
            (name, where) -> {
              if (!resources.containsKey(name)) {
                unknownResource(name, where);
              }
            });
    resource.metadata().evaluate(new Blank());
    properties(resource);
  }

  private void properties(ResourceDefinition resource) {
    new PropertyCheck(resource.type(), new Blank(), Set.of(), value -> value, findings)
        .check(resource.properties());
    resource
        .members()
        .ifPresent(
            members ->
                new PropertyCheck(
                        members.type(),
                        new Blank(),
                        Set.of(),
                        value -> Indexed.replace(value, members.indexVar(), "0"),
                        findings)
                    .check(members.properties()));
  }

  private void parameters(Expression value) {
    if (value instanceof GetParam get) {
      Set<String> known = new LinkedHashSet<>(template.parametersByName().keySet());
      known.addAll(PseudoParameters.NAMES);
      if (get.name().equals(PseudoParameters.REGION)) {
        findings.add(get.nameAt(), Phrase.of("template.no-region"));
      } else if (!known.contains(get.name())) {
        findings.addUnknown(
            get.nameAt(), Phrase.of("template.no-such-parameter", get.name()), get.name(), known);
      }
    }
    value.parts().forEach(this::parameters);
  }

  private void mention(Mention mention) {
    ResourceDefinition target = resources.get(mention.resource());
    if (target == null) {
      Where where =
          mention.asAttribute().map(GetAttr::resourceAt).orElse(mention.expression().where());
      unknownResource(mention.resource(), where);
      return;
    }
    if (mention.asAttribute().isPresent()) {
      GetAttr get = mention.asAttribute().get();
      get.attribute().ifPresent(attribute -> attribute(attribute, get, target));
      if (Attributes.isReference(get, target)) {
        fits(mention, target.madeType());
      }
    } else if (target.members().isPresent()
        && mention.schema().filter(TemplateCheck::wantsOne).isPresent()) {
      findings.add(
          mention.expression().where(),
          Phrase.of("template.group-instead-of-member", target.name()),
          Phrase.of("template.group-instead-of-member-remedy", target.name()));
    } else {
      fits(mention, target.type());
    }
  }

  private static boolean wantsOne(PropertySchema schema) {
    return !schema.refersTo().isEmpty() || schema.catalog().isPresent();
  }

  private void fits(Mention mention, ResourceType type) {
    Optional<PropertySchema> schema = mention.schema().filter(TemplateCheck::wantsOne);
    boolean standsForAnother = type instanceof NestedType nested && nested.hasReference();
    if (schema.isEmpty() || schema.get().refersTo().contains(type.name()) || standsForAnother) {
      return;
    }
    List<String> wanted = schema.get().refersTo();
    if (wanted.isEmpty()) {
      findings.add(
          mention.expression().where(),
          Phrase.of(
              "template.no-resource-here", mention.property(), mention.resource(), type.name()));
    } else {
      findings.add(
          mention.expression().where(),
          Phrase.of(
              "template.wrong-type-of-resource",
              mention.property(),
              String.join(", ", wanted),
              mention.resource(),
              type.name()));
    }
  }

  private void attribute(String attribute, GetAttr get, ResourceDefinition target) {
    Where where = get.path().get(0).where();
    ResourceType type = target.madeType();
    String name = attribute;
    if (target.members().isPresent()) {
      if (target.type().attributes().containsKey(attribute)) {
        Optional<String> below = Attributes.literal(get, 1);
        if (!attribute.equals("attributes")) {
          return;
        }
        if (get.path().size() < 2) {
          findings.add(where, Phrase.of("template.attributes-needs-name"));
          return;
        }
        if (below.isEmpty()) {
          return;
        }
        name = below.get();
      } else if (attribute.startsWith("resource.")) {
        Optional<String> below = Attributes.ofMember(get);
        if (below.isEmpty()) {
          return;
        }
        name = below.get();
      }
    }
    if (type.attributes().containsKey(name)) {
      return;
    }
    if (type.unsupportedAttributes().contains(name)) {
      findings.add(
          where,
          Phrase.of("template.attribute-not-supported", name, type.name()),
          Phrase.of("template.known", String.join(", ", type.attributes().keySet())));
    } else {
      Set<String> known = new LinkedHashSet<>(type.attributes().keySet());
      if (target.members().isPresent()) {
        known.addAll(target.type().attributes().keySet());
      }
      findings.addUnknown(
          where, Phrase.of("template.no-such-attribute", name, type.name()), name, known);
    }
  }

  private void unknownResource(String name, Where where) {
    findings.addUnknown(
        where, Phrase.of("template.no-such-resource", name), name, resources.keySet());
  }

  private void cycles() {
    if (mayChoose()) {
      // Which references there are shows once conditions are decided.
      return;
    }
    Map<String, List<String>> needs = new LinkedHashMap<>();
    for (ResourceDefinition resource : resources.values()) {
      List<String> names = new ArrayList<>(resource.dependsOn().keySet());
      Mention.in(resource.metadata()).forEach(mention -> names.add(mention.resource()));
      resource.mentions().forEach(mention -> names.add(mention.resource()));
      resource.memberMentions().forEach(mention -> names.add(mention.resource()));
      names.retainAll(resources.keySet());
      needs.put(resource.name(), names);
    }
    Order order = Order.of(resources.keySet(), needs);
    if (!order.cycle().isEmpty()) {
      cycle(order.cycle(), resources, findings);
    }
  }

  private boolean mayChoose() {
    return resources.values().stream()
        .anyMatch(
            resource ->
                resource.condition().isPresent()
                    || chooses(resource.properties())
                    || chooses(resource.metadata()));
  }

  private static boolean chooses(Expression value) {
    return value instanceof If || value.parts().stream().anyMatch(TemplateCheck::chooses);
  }

  static void cycle(
      List<String> cycle, Map<String, ResourceDefinition> resources, Findings findings) {
    String first = cycle.get(0);
    ResourceDefinition resource = resources.get(first);
    List<String> round = new ArrayList<>(cycle);
    round.add(first);
    findings.add(
        resource.where(),
        Phrase.of("template.circular", String.join(" → ", round)),
        Phrase.of("template.circular-remedy"));
  }

  /** Knows nothing but what is written out. */
  private final class Blank implements Scope {

    @Override
    public void problem(Where where, Phrase message, Phrase remedy) {
      findings.add(where, message, remedy);
    }
  }
}
