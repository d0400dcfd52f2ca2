package io.isthmus.domain.placement;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.yaml.YamlNode;
import io.isthmus.domain.yaml.YamlReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a placement policy. Everything that is wrong is told at once, at its line and column; what
 * the language has but is not performed yet is refused by name, because a rule that is accepted and
 * not kept is worse than none.
 */
public final class PolicyParser {

  private static final int MAX_RULES = 200;
  private static final List<String> POLICY_KEYS = List.of("placement_policy_version", "rules");
  private static final List<String> POLICY_KEYS_LATER = List.of("prefer");
  private static final List<String> RULE_KEYS =
      List.of("name", "match", "residency", "clouds", "spread");
  private static final List<String> RULE_KEYS_LATER = List.of("failover", "require", "affinity");
  private static final List<String> MATCH_KEYS = List.of("types", "names", "metadata", "groups");
  private static final List<String> RESIDENCY_KEYS =
      List.of("jurisdictions", "operators_exposed_to");
  private static final List<String> CLOUDS_KEYS = List.of("any_of", "none_of");
  private static final List<String> SPREAD_KEYS =
      List.of("across", "max_skew", "min_domains", "when_unsatisfiable");

  /**
   * Reads a policy; an empty text is the policy that allows everything.
   *
   * @throws FederationFault POLICY_INVALID with a violation for each thing that is wrong; TOO_LARGE
   */
  public PlacementPolicy parse(String text) {
    if (text.isBlank()) {
      return PlacementPolicy.ANYWHERE;
    }
    YamlNode root = new YamlReader(FaultCode.POLICY_INVALID).read(text);
    Reading reading = new Reading();
    PlacementPolicy policy = reading.policy(root);
    if (!reading.violations.isEmpty()) {
      throw new FederationFault(
          FaultCode.POLICY_INVALID,
          Phrase.of("placement.policy.invalid", reading.violations.size()),
          reading.violations);
    }
    return policy;
  }

  /** One reading, with what was found wrong so far. */
  private static final class Reading {

    private final List<Violation> violations = new ArrayList<>();

    PlacementPolicy policy(YamlNode root) {
      Optional<YamlNode.Mapping> map = map(root, "");
      if (map.isEmpty()) {
        return PlacementPolicy.ANYWHERE;
      }
      checkKeys(map.get(), "", POLICY_KEYS, POLICY_KEYS_LATER);
      version(map.get());
      List<PolicyRule> rules = new ArrayList<>();
      map.get().find("rules").filter(node -> !isNothing(node)).ifPresent(n -> rules(n, rules));
      return new PlacementPolicy(rules);
    }

    private void version(YamlNode.Mapping root) {
      Optional<YamlNode> version = root.find("placement_policy_version");
      if (version.isEmpty()) {
        wrong(
            "placement_policy_version",
            root,
            Phrase.of("placement.policy.version-missing"),
            Phrase.of("placement.policy.version-remedy", PlacementPolicy.VERSION));
      } else if (!(version.get() instanceof YamlNode.Scalar scalar)
          || !scalar.text().equals(PlacementPolicy.VERSION)) {
        wrong(
            "placement_policy_version",
            version.get(),
            Phrase.of("placement.policy.version-unknown", shown(version.get())),
            Phrase.of("placement.policy.version-remedy", PlacementPolicy.VERSION));
      }
    }

    private void rules(YamlNode node, List<PolicyRule> into) {
      Optional<YamlNode.Sequence> list = list(node, "rules");
      if (list.isEmpty()) {
        return;
      }
      if (list.get().items().size() > MAX_RULES) {
        wrong(
            "rules",
            node,
            Phrase.of("placement.policy.too-many-rules", list.get().items().size(), MAX_RULES));
        return;
      }
      Map<String, Integer> lines = new LinkedHashMap<>();
      for (int i = 0; i < list.get().items().size(); i++) {
        String pointer = "rules." + i;
        YamlNode item = list.get().items().get(i);
        map(item, pointer)
            .ifPresent(
                rule -> {
                  PolicyRule read = rule(rule, pointer);
                  Integer before = lines.putIfAbsent(read.name(), read.line());
                  if (before != null) {
                    wrong(
                        pointer + ".name",
                        rule.find("name").orElse(rule),
                        Phrase.of("placement.policy.name-twice", read.name(), before));
                  }
                  into.add(read);
                });
      }
    }

    private PolicyRule rule(YamlNode.Mapping rule, String pointer) {
      checkKeys(rule, pointer, RULE_KEYS, RULE_KEYS_LATER);
      String name = rule.find("name").flatMap(node -> text(node, pointer + ".name")).orElse("");
      if (rule.find("name").isEmpty()) {
        wrong(
            pointer + ".name",
            rule,
            Phrase.of("placement.policy.name-missing"),
            Phrase.of("placement.policy.name-remedy"));
      }
      RuleMatch match =
          section(rule, "match", pointer, MATCH_KEYS)
              .map(map -> match(map, pointer + ".match"))
              .orElse(RuleMatch.ALL);
      Residency residency =
          section(rule, "residency", pointer, RESIDENCY_KEYS)
              .map(map -> residency(map, pointer + ".residency"))
              .orElse(Residency.ANYWHERE);
      CloudChoice clouds =
          section(rule, "clouds", pointer, CLOUDS_KEYS)
              .map(map -> clouds(map, pointer + ".clouds"))
              .orElse(CloudChoice.EVERY);
      List<SpreadConstraint> spread = new ArrayList<>();
      rule.find("spread").ifPresent(node -> spread(node, pointer + ".spread", spread));
      if (Set.of("residency", "clouds", "spread").stream().noneMatch(rule.entries()::containsKey)
          && RULE_KEYS_LATER.stream().noneMatch(rule.entries()::containsKey)) {
        wrong(
            pointer,
            rule,
            Phrase.of("placement.policy.rule-empty", name),
            Phrase.of("placement.policy.rule-empty-remedy"));
      }
      return new PolicyRule(name, match, residency, clouds, spread, rule.line(), rule.column());
    }

    private RuleMatch match(YamlNode.Mapping map, String pointer) {
      List<String> types = texts(map, "types", pointer);
      Map<String, String> metadata = new LinkedHashMap<>();
      map.find("metadata")
          .flatMap(node -> map(node, pointer + ".metadata"))
          .ifPresent(
              wanted ->
                  wanted
                      .entries()
                      .forEach(
                          (key, entry) ->
                              text(entry.value(), pointer + ".metadata." + key)
                                  .ifPresent(value -> metadata.put(key, value))));
      return new RuleMatch(
          types,
          texts(map, "names", pointer).stream().map(Glob::new).toList(),
          metadata,
          texts(map, "groups", pointer).stream().map(Glob::new).toList());
    }

    private Residency residency(YamlNode.Mapping map, String pointer) {
      List<String> exposed = new ArrayList<>();
      section(map, "operators_exposed_to", pointer, List.of("none_of"))
          .ifPresent(
              inner ->
                  exposed.addAll(
                      jurisdictions(inner, "none_of", pointer + ".operators_exposed_to")));
      return new Residency(jurisdictions(map, "jurisdictions", pointer), exposed);
    }

    private CloudChoice clouds(YamlNode.Mapping map, String pointer) {
      return new CloudChoice(texts(map, "any_of", pointer), texts(map, "none_of", pointer));
    }

    private void spread(YamlNode node, String pointer, List<SpreadConstraint> into) {
      list(node, pointer)
          .ifPresent(
              list -> {
                for (int i = 0; i < list.items().size(); i++) {
                  String at = pointer + "." + i;
                  map(list.items().get(i), at)
                      .flatMap(map -> constraint(map, at))
                      .ifPresent(into::add);
                }
              });
    }

    private Optional<SpreadConstraint> constraint(YamlNode.Mapping map, String pointer) {
      checkKeys(map, pointer, SPREAD_KEYS, List.of());
      Optional<SpreadDomain> across = Optional.empty();
      if (map.find("across").isEmpty()) {
        wrong(
            pointer + ".across",
            map,
            Phrase.of("placement.policy.across-missing"),
            Phrase.of("placement.policy.one-of", domains()));
      } else {
        across = across(map.find("across").get(), pointer + ".across");
      }
      int maxSkew = atLeastOne(map, "max_skew", pointer);
      int minDomains = atLeastOne(map, "min_domains", pointer);
      boolean hard = hard(map, pointer);
      if (!hard && map.find("min_domains").isPresent()) {
        wrong(
            pointer + ".min_domains",
            map.find("min_domains").get(),
            Phrase.of("placement.policy.min-domains-soft"),
            Phrase.of("placement.policy.min-domains-soft-remedy"));
      }
      return across.map(domain -> new SpreadConstraint(domain, maxSkew, minDomains, hard));
    }

    private Optional<SpreadDomain> across(YamlNode node, String pointer) {
      Optional<String> given = text(node, pointer);
      for (SpreadDomain domain : SpreadDomain.values()) {
        if (given.isPresent() && given.get().equals(domain.text())) {
          return Optional.of(domain);
        }
      }
      given.ifPresent(
          text ->
              wrong(
                  pointer,
                  node,
                  Phrase.of("placement.policy.across-unknown", text),
                  Phrase.of("placement.policy.one-of", domains())));
      return Optional.empty();
    }

    private static String domains() {
      List<String> names = new ArrayList<>();
      for (SpreadDomain domain : SpreadDomain.values()) {
        names.add(domain.text());
      }
      return String.join(", ", names);
    }

    private boolean hard(YamlNode.Mapping map, String pointer) {
      Optional<YamlNode> node = map.find("when_unsatisfiable");
      if (node.isEmpty()) {
        return true;
      }
      String text = shown(node.get());
      if (!text.equals("do_not_schedule") && !text.equals("schedule_anyway")) {
        wrong(
            pointer + ".when_unsatisfiable",
            node.get(),
            Phrase.of("placement.policy.when-unknown", text),
            Phrase.of("placement.policy.one-of", "do_not_schedule, schedule_anyway"));
      }
      return !text.equals("schedule_anyway");
    }

    private int atLeastOne(YamlNode.Mapping map, String key, String pointer) {
      Optional<YamlNode> node = map.find(key);
      if (node.isEmpty()) {
        return 1;
      }
      if (node.get() instanceof YamlNode.Scalar scalar
          && scalar.type() == YamlNode.Scalar.Type.INTEGER
          && scalar.text().matches("[1-9][0-9]{0,5}")) {
        return Integer.parseInt(scalar.text());
      }
      wrong(
          pointer + "." + key,
          node.get(),
          Phrase.of("placement.policy.not-a-count", key, shown(node.get())),
          Phrase.of("placement.policy.not-a-count-remedy"));
      return 1;
    }

    private List<String> jurisdictions(YamlNode.Mapping map, String key, String pointer) {
      List<String> codes = new ArrayList<>();
      map.find(key)
          .flatMap(node -> filledList(node, pointer + "." + key))
          .ifPresent(
              list -> {
                for (int i = 0; i < list.items().size(); i++) {
                  YamlNode item = list.items().get(i);
                  String at = pointer + "." + key + "." + i;
                  // YAML 1.1 takes Norway's code for the word no, so the text as written counts.
                  text(item, at)
                      .ifPresent(
                          code -> {
                            if (Jurisdictions.isKnown(code)) {
                              codes.add(code);
                            } else {
                              wrong(
                                  at,
                                  item,
                                  Phrase.of("placement.policy.jurisdiction-unknown", code),
                                  Phrase.of("placement.policy.jurisdiction-remedy"));
                            }
                          });
                }
              });
      return codes;
    }

    private List<String> texts(YamlNode.Mapping map, String key, String pointer) {
      Set<String> texts = new LinkedHashSet<>();
      map.find(key)
          .flatMap(node -> filledList(node, pointer + "." + key))
          .ifPresent(
              list -> {
                for (int i = 0; i < list.items().size(); i++) {
                  text(list.items().get(i), pointer + "." + key + "." + i).ifPresent(texts::add);
                }
              });
      return List.copyOf(texts);
    }

    private Optional<YamlNode.Mapping> section(
        YamlNode.Mapping map, String key, String pointer, List<String> keys) {
      Optional<YamlNode.Mapping> section =
          map.find(key).flatMap(node -> map(node, pointer + "." + key));
      section.ifPresent(found -> checkKeys(found, pointer + "." + key, keys, List.of()));
      return section;
    }

    private void checkKeys(
        YamlNode.Mapping map, String pointer, List<String> known, List<String> later) {
      for (YamlNode.Entry entry : map.entries().values()) {
        String at = pointer.isEmpty() ? entry.key() : pointer + "." + entry.key();
        if (later.contains(entry.key())) {
          violations.add(
              new Violation(
                  at,
                  entry.line(),
                  entry.column(),
                  Phrase.of("placement.policy.not-performed", entry.key()),
                  Optional.of(Phrase.of("placement.policy.not-performed-remedy"))));
        } else if (!known.contains(entry.key())) {
          Phrase remedy =
              Nearest.to(entry.key(), known)
                  .map(near -> Phrase.of("placement.policy.did-you-mean", near))
                  .orElse(Phrase.of("placement.policy.one-of", String.join(", ", known)));
          violations.add(
              new Violation(
                  at,
                  entry.line(),
                  entry.column(),
                  Phrase.of("placement.policy.key-unknown", entry.key()),
                  Optional.of(remedy)));
        }
      }
    }

    private Optional<YamlNode.Mapping> map(YamlNode node, String pointer) {
      if (node instanceof YamlNode.Mapping mapping) {
        return Optional.of(mapping);
      }
      wrong(pointer, node, Phrase.of("placement.policy.not-a-map", shown(node)));
      return Optional.empty();
    }

    private Optional<YamlNode.Sequence> list(YamlNode node, String pointer) {
      if (node instanceof YamlNode.Sequence sequence) {
        return Optional.of(sequence);
      }
      wrong(
          pointer,
          node,
          Phrase.of("placement.policy.not-a-list", shown(node)),
          Phrase.of("placement.policy.not-a-list-remedy", shown(node)));
      return Optional.empty();
    }

    /** An empty list would silently mean "all"; nobody writes it to say that. */
    private Optional<YamlNode.Sequence> filledList(YamlNode node, String pointer) {
      Optional<YamlNode.Sequence> list = list(node, pointer);
      if (list.isPresent() && list.get().items().isEmpty()) {
        wrong(
            pointer,
            node,
            Phrase.of("placement.policy.empty-list"),
            Phrase.of("placement.policy.empty-list-remedy"));
      }
      return list;
    }

    private Optional<String> text(YamlNode node, String pointer) {
      if (node instanceof YamlNode.Scalar scalar
          && scalar.type() != YamlNode.Scalar.Type.NULL
          && !scalar.text().isBlank()) {
        return Optional.of(scalar.text());
      }
      wrong(pointer, node, Phrase.of("placement.policy.not-a-text", shown(node)));
      return Optional.empty();
    }

    private static boolean isNothing(YamlNode node) {
      return node instanceof YamlNode.Scalar scalar && scalar.type() == YamlNode.Scalar.Type.NULL;
    }

    private static String shown(YamlNode node) {
      return node instanceof YamlNode.Scalar scalar ? scalar.text() : node.kind();
    }

    private void wrong(String pointer, YamlNode at, Phrase message) {
      violations.add(new Violation(pointer, at.line(), at.column(), message, Optional.empty()));
    }

    private void wrong(String pointer, YamlNode at, Phrase message, Phrase remedy) {
      violations.add(new Violation(pointer, at.line(), at.column(), message, Optional.of(remedy)));
    }
  }
}
