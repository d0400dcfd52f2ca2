package io.isthmus.openstack.drift;

import io.isthmus.domain.drift.PartComparison;
import io.isthmus.domain.drift.PropertyDrift;
import io.isthmus.domain.drift.Surroundings;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.mirror.MirrorItem;
import io.isthmus.domain.mirror.MirrorKind;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.openstack.network.SecurityRuleBodies;
import io.isthmus.openstack.resource.Bodies;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares security groups rule by rule. What lets out all is Neutron's where the template has no
 * rule for egress; clouds may have other rules of that kind by default. A rule that is a resource
 * of a stack is that stack's, whichever group it is in.
 *
 * @see "Networking API v2.0, security groups; heat/engine/resources/openstack/neutron"
 */
@ApplicationScoped
public class SecurityGroupComparison implements PartComparison {
  private static final String RULE = "OS::Neutron::SecurityGroupRule";
  private static final String RULES = "security_group_rules";
  private static final String COUNT = "security_group_rule_count";
  private static final String PROPERTY = "rules";
  private static final String EGRESS = "egress";

  @Override
  public Set<String> types() {
    return Set.of("OS::Neutron::SecurityGroup");
  }

  @Override
  public MirrorKind kind() {
    return MirrorKind.SECURITY_GROUP;
  }

  @Override
  public JsonObject chosen(DesiredPart part, MirrorItem item, Surroundings around) {
    JsonObjectBuilder chosen = Json.createObjectBuilder();
    if (tellsRules(item) && wanted(part, item).stream().noneMatch(Rule::isEgress)) {
      JsonArrayBuilder rules = Json.createArrayBuilder();
      found(item, around).stream().filter(Rule::isEgress).forEach(rule -> rules.add(rule.kept()));
      chosen.add(EGRESS, rules);
    }
    return chosen.build();
  }

  private static boolean tellsRules(MirrorItem item) {
    return !Comparing.isCut(item)
        && Bodies.number(item.details(), COUNT, -1) == Bodies.objects(item.details(), RULES).size();
  }

  private static List<Rule> wanted(DesiredPart part, MirrorItem item) {
    return SecurityRuleBodies.wanted(part.properties(), item.id()).stream().map(Rule::of).toList();
  }

  /** Without those that are resources of their own. */
  private static List<Rule> found(MirrorItem item, Surroundings around) {
    return Bodies.objects(item.details(), RULES).stream()
        .filter(rule -> !around.isPart(RULE, rule.getString("id", "")))
        .map(Rule::of)
        .toList();
  }

  @Override
  public Compared compare(
      DesiredPart part, JsonObject chosen, MirrorItem item, Surroundings around) {
    Comparing comparing = new Comparing();
    comparing.name(part, item);
    if (!tellsRules(item)) {
      comparing.untold(PROPERTY);
      return comparing.result();
    }
    Set<Rule> expected = new LinkedHashSet<>(wanted(part, item));
    if (expected.stream().noneMatch(Rule::isEgress)) {
      Bodies.objects(chosen, EGRESS).forEach(rule -> expected.add(Rule.read(rule)));
    }
    Map<Rule, String> found = new LinkedHashMap<>();
    Bodies.objects(item.details(), RULES).stream()
        .filter(rule -> !around.isPart(RULE, rule.getString("id", "")))
        .forEach(rule -> found.putIfAbsent(Rule.of(rule), rule.getString("id", "")));
    // One that is a resource of its own too is there, whoever it belongs to.
    Set<Rule> there =
        new LinkedHashSet<>(Bodies.objects(item.details(), RULES).stream().map(Rule::of).toList());
    found.forEach(
        (rule, id) -> {
          if (!expected.contains(rule)) {
            comparing.add(PropertyDrift.opened(PROPERTY, told(rule, item, around), id));
          }
        });
    expected.stream()
        .filter(rule -> !there.contains(rule))
        .forEach(rule -> comparing.add(PropertyDrift.closed(PROPERTY, told(rule, item, around))));
    return comparing.result();
  }

  private static JsonObject told(Rule rule, MirrorItem group, Surroundings around) {
    return rule.told(
        remote -> remote.equals(group.id()) ? group.name() : Groups.told(remote, around));
  }
}
