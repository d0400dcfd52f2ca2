package io.isthmus.domain.placement;

import io.isthmus.domain.language.Nearest;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.yaml.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads one rule of a policy. */
final class RuleReader {

  /** Of which a rule says at least one, else it asks for nothing. */
  private static final List<String> DEMAND_KEYS =
      List.of("residency", "clouds", "spread", "require", "affinity", "failover");

  static final List<String> KEYS =
      List.of("name", "match", "residency", "clouds", "spread", "require", "affinity", "failover");
  static final List<String> MATCH_KEYS = List.of("types", "names", "metadata", "groups");
  static final List<String> RESIDENCY_KEYS = List.of("jurisdictions", "operators_exposed_to");
  static final List<String> CLOUDS_KEYS = List.of("any_of", "none_of");
  static final List<String> AFFINITY_KEYS = List.of("of", "to", "max_latency_ms");
  static final List<String> WHEN_UNSATISFIABLE = List.of("do_not_schedule", "leave_out");
  static final List<String> REQUIRE_KEYS =
      List.of("capabilities", "certifications", "when_unsatisfiable");

  private final PolicyNodes nodes;
  private final SpreadReader spreads;
  private final FailoverReader failovers;

  RuleReader(PolicyNodes nodes) {
    this.nodes = nodes;
    this.spreads = new SpreadReader(nodes);
    this.failovers = new FailoverReader(nodes);
  }

  PolicyRule read(YamlNode.Mapping rule, String pointer) {
    nodes.checkKeys(rule, pointer, KEYS, List.of());
    String name = name(rule, pointer);
    RuleMatch match =
        nodes
            .section(rule, "match", pointer, MATCH_KEYS)
            .map(map -> match(map, pointer + ".match"))
            .orElse(RuleMatch.ALL);
    Residency residency =
        nodes
            .section(rule, "residency", pointer, RESIDENCY_KEYS)
            .map(map -> residency(map, pointer + ".residency"))
            .orElse(Residency.ANYWHERE);
    CloudChoice clouds =
        nodes
            .section(rule, "clouds", pointer, CLOUDS_KEYS)
            .map(
                map ->
                    new CloudChoice(
                        nodes.texts(map, "any_of", pointer + ".clouds"),
                        nodes.texts(map, "none_of", pointer + ".clouds")))
            .orElse(CloudChoice.EVERY);
    List<SpreadConstraint> spread =
        rule.find("spread").map(node -> spreads.read(node, pointer + ".spread")).orElse(List.of());
    Needs needs =
        nodes
            .section(rule, "require", pointer, REQUIRE_KEYS)
            .map(map -> needs(map, pointer + ".require"))
            .orElse(Needs.NOTHING);
    Optional<Affinity> affinity =
        nodes
            .section(rule, "affinity", pointer, AFFINITY_KEYS)
            .map(map -> affinity(map, pointer + ".affinity"));
    Optional<Failover> failover =
        rule.find("failover")
            .flatMap(node -> nodes.map(node, pointer + ".failover"))
            .map(map -> failovers.read(map, pointer + ".failover"));
    if (DEMAND_KEYS.stream().noneMatch(rule.entries()::containsKey)) {
      nodes.wrong(
          pointer,
          rule,
          Phrase.of("placement.policy.rule-empty", name),
          Phrase.of("placement.policy.rule-empty-remedy"));
    }
    return new PolicyRule(
        name,
        match,
        residency,
        clouds,
        spread,
        needs,
        affinity,
        failover,
        rule.line(),
        rule.column());
  }

  private String name(YamlNode.Mapping rule, String pointer) {
    if (rule.find("name").isEmpty()) {
      nodes.wrong(
          pointer + ".name",
          rule,
          Phrase.of("placement.policy.name-missing"),
          Phrase.of("placement.policy.name-remedy"));
    }
    return rule.find("name").flatMap(node -> nodes.text(node, pointer + ".name")).orElse("");
  }

  private RuleMatch match(YamlNode.Mapping map, String pointer) {
    Map<String, String> metadata = new LinkedHashMap<>();
    map.find("metadata")
        .flatMap(node -> nodes.map(node, pointer + ".metadata"))
        .ifPresent(
            wanted ->
                wanted
                    .entries()
                    .forEach(
                        (key, entry) ->
                            nodes
                                .text(entry.value(), pointer + ".metadata." + key)
                                .ifPresent(value -> metadata.put(key, value))));
    return new RuleMatch(
        nodes.texts(map, "types", pointer),
        nodes.texts(map, "names", pointer).stream().map(Glob::new).toList(),
        metadata,
        nodes.texts(map, "groups", pointer).stream().map(Glob::new).toList());
  }

  Residency residency(YamlNode.Mapping map, String pointer) {
    List<String> exposed = new ArrayList<>();
    nodes
        .section(map, "operators_exposed_to", pointer, List.of("none_of"))
        .ifPresent(
            inner ->
                exposed.addAll(jurisdictions(inner, "none_of", pointer + ".operators_exposed_to")));
    return new Residency(jurisdictions(map, "jurisdictions", pointer), exposed);
  }

  private List<String> jurisdictions(YamlNode.Mapping map, String key, String pointer) {
    List<String> codes = new ArrayList<>();
    // YAML 1.1 takes Norway's code for the word no, so the text as written counts.
    nodes.eachText(
        map,
        key,
        pointer,
        (code, item, at) -> {
          if (Jurisdictions.isKnown(code)) {
            codes.add(code);
          } else {
            nodes.wrong(
                at,
                item,
                Phrase.of("placement.policy.jurisdiction-unknown", code),
                Phrase.of("placement.policy.jurisdiction-remedy"));
          }
        });
    return codes;
  }

  private Affinity affinity(YamlNode.Mapping map, String pointer) {
    OptionalInt most =
        map.find("max_latency_ms").isPresent()
            ? OptionalInt.of(nodes.atLeastOne(map, "max_latency_ms", pointer))
            : OptionalInt.empty();
    return new Affinity(globs(map, "of", pointer), globs(map, "to", pointer), most);
  }

  private List<Glob> globs(YamlNode.Mapping map, String key, String pointer) {
    if (map.find(key).isEmpty()) {
      nodes.wrong(
          pointer + "." + key,
          map,
          Phrase.of("placement.policy.affinity-side-missing", key),
          Phrase.of("placement.policy.affinity-side-remedy", key));
    }
    return nodes.texts(map, key, pointer).stream().map(Glob::new).toList();
  }

  private Needs needs(YamlNode.Mapping map, String pointer) {
    List<Capability> capabilities = new ArrayList<>();
    nodes.eachText(
        map,
        "capabilities",
        pointer,
        (text, item, at) -> {
          Optional<Capability> known = Capability.find(text);
          known.ifPresent(capabilities::add);
          if (known.isEmpty()) {
            nodes.wrong(
                at,
                item,
                Phrase.of("placement.policy.capability-unknown", text),
                Nearest.to(text, Capability.words())
                    .map(near -> Phrase.of("placement.policy.did-you-mean", near))
                    .orElse(
                        Phrase.of(
                            "placement.policy.one-of", String.join(", ", Capability.words()))));
          }
        });
    return new Needs(
        capabilities, nodes.texts(map, "certifications", pointer), leavesOut(map, pointer));
  }

  private boolean leavesOut(YamlNode.Mapping map, String pointer) {
    return map.find("when_unsatisfiable")
        .map(node -> nodes.oneOf(node, pointer + ".when_unsatisfiable", WHEN_UNSATISFIABLE))
        .filter(WHEN_UNSATISFIABLE.get(1)::equals)
        .isPresent();
  }
}
