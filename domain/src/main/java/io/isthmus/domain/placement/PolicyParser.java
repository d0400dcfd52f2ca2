package io.isthmus.domain.placement;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.yaml.YamlNode;
import io.isthmus.domain.yaml.YamlReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a placement policy. Everything that is wrong is told at once, at its line and column; what
 * the language has but is not performed yet is refused by name, because a rule that is accepted and
 * not kept is worse than none.
 */
public final class PolicyParser {

  private static final int MAX_RULES = 200;
  static final List<String> PREFER_KEYS = List.of("cost", "latency_from", "headroom");
  static final List<String> POLICY_KEYS = List.of("placement_policy_version", "rules", "prefer");
  private static final List<String> FEDERATION_KEYS =
      List.of("placement_policy_version", "rules", "prefer", "mirror");
  private static final List<String> MIRROR_KEYS = List.of("whole_in");

  /**
   * Reads a policy; an empty text is the policy that allows everything.
   *
   * @throws FederationFault POLICY_INVALID with a violation for each thing that is wrong; TOO_LARGE
   */
  public PlacementPolicy parse(String text) {
    return parse(text, POLICY_KEYS);
  }

  /**
   * Reads what administrators keep for a scope: the federation's may say of what more than names is
   * mirrored.
   *
   * @throws FederationFault as above
   */
  PlacementPolicy parse(String text, PolicyScope scope) {
    return parse(text, scope.equals(PolicyScope.FEDERATION) ? FEDERATION_KEYS : POLICY_KEYS);
  }

  private static PlacementPolicy parse(String text, List<String> keys) {
    if (text.isBlank()) {
      return PlacementPolicy.ANYWHERE;
    }
    YamlNode root = new YamlReader(FaultCode.POLICY_INVALID).read(text);
    PolicyNodes nodes = new PolicyNodes();
    PlacementPolicy policy =
        nodes.map(root, "").map(map -> policy(map, nodes, keys)).orElse(PlacementPolicy.ANYWHERE);
    if (!nodes.violations().isEmpty()) {
      throw new FederationFault(
          FaultCode.POLICY_INVALID,
          Phrase.of("placement.policy.invalid", nodes.violations().size()),
          nodes.violations());
    }
    return policy;
  }

  private static PlacementPolicy policy(
      YamlNode.Mapping root, PolicyNodes nodes, List<String> keys) {
    nodes.checkKeys(root, "", keys, List.of());
    version(root, nodes);
    List<PolicyRule> rules = new ArrayList<>();
    root.find("rules")
        .filter(node -> !PolicyNodes.isNothing(node))
        .flatMap(node -> nodes.list(node, "rules"))
        .ifPresent(list -> rules(list, nodes, rules));
    Preferences preferences =
        root.find("prefer")
            .flatMap(node -> nodes.map(node, "prefer"))
            .map(map -> preferences(map, nodes))
            .orElse(Preferences.NONE);
    Residency mirrored =
        root.find("mirror")
            .flatMap(node -> nodes.map(node, "mirror"))
            .flatMap(map -> mirrored(map, nodes))
            .orElse(Residency.ANYWHERE);
    return new PlacementPolicy(rules, preferences, mirrored);
  }

  private static Optional<Residency> mirrored(YamlNode.Mapping map, PolicyNodes nodes) {
    nodes.checkKeys(map, "mirror", MIRROR_KEYS, List.of());
    return nodes
        .section(map, "whole_in", "mirror", RuleReader.RESIDENCY_KEYS)
        .map(where -> new RuleReader(nodes).residency(where, "mirror.whole_in"));
  }

  private static Preferences preferences(YamlNode.Mapping map, PolicyNodes nodes) {
    nodes.checkKeys(map, "prefer", PREFER_KEYS, List.of());
    Map<String, Integer> latencyFrom = new LinkedHashMap<>();
    map.find("latency_from")
        .flatMap(node -> nodes.map(node, "prefer.latency_from"))
        .ifPresent(
            countries ->
                countries
                    .entries()
                    .forEach(
                        (country, entry) -> {
                          if (Towns.of(country).isEmpty()) {
                            nodes.wrong(
                                "prefer.latency_from." + country,
                                entry.value(),
                                Phrase.of("placement.policy.country-unknown", country),
                                Phrase.of("placement.policy.country-remedy"));
                          }
                          int weight = nodes.weight(countries, country, "prefer.latency_from");
                          if (weight > 0) {
                            latencyFrom.put(country, weight);
                          }
                        }));
    return new Preferences(
        nodes.weight(map, "cost", "prefer"), latencyFrom, nodes.weight(map, "headroom", "prefer"));
  }

  private static void version(YamlNode.Mapping root, PolicyNodes nodes) {
    Optional<YamlNode> version = root.find("placement_policy_version");
    Phrase remedy = Phrase.of("placement.policy.version-remedy", PlacementPolicy.VERSION);
    if (version.isEmpty()) {
      nodes.wrong(
          "placement_policy_version", root, Phrase.of("placement.policy.version-missing"), remedy);
    } else if (!PolicyNodes.says(version.get(), PlacementPolicy.VERSION)) {
      nodes.wrong(
          "placement_policy_version",
          version.get(),
          Phrase.of("placement.policy.version-unknown", PolicyNodes.shown(version.get())),
          remedy);
    }
  }

  private static void rules(YamlNode.Sequence list, PolicyNodes nodes, List<PolicyRule> into) {
    if (list.items().size() > MAX_RULES) {
      nodes.wrong(
          "rules",
          list,
          Phrase.of("placement.policy.too-many-rules", list.items().size(), MAX_RULES));
      return;
    }
    RuleReader reader = new RuleReader(nodes);
    Map<String, Integer> lines = new LinkedHashMap<>();
    for (int i = 0; i < list.items().size(); i++) {
      String pointer = "rules." + i;
      Optional<YamlNode.Mapping> rule = nodes.map(list.items().get(i), pointer);
      if (rule.isEmpty()) {
        continue;
      }
      PolicyRule read = reader.read(rule.get(), pointer);
      Integer before = lines.putIfAbsent(read.name(), read.line());
      if (before != null) {
        nodes.wrong(
            pointer + ".name",
            rule.get().find("name").orElse(rule.get()),
            Phrase.of("placement.policy.name-twice", read.name(), before));
      }
      into.add(read);
    }
  }
}
