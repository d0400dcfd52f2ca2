package io.isthmus.domain.placement;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the spread constraints of a rule. */
final class SpreadReader {

  static final List<String> WHEN_UNSATISFIABLE = List.of("do_not_schedule", "schedule_anyway");
  static final List<String> KEYS =
      List.of("across", "max_skew", "min_domains", "when_unsatisfiable");

  private final PolicyNodes nodes;

  SpreadReader(PolicyNodes nodes) {
    this.nodes = nodes;
  }

  List<SpreadConstraint> read(YamlNode node, String pointer) {
    List<SpreadConstraint> constraints = new ArrayList<>();
    nodes
        .list(node, pointer)
        .ifPresent(
            list -> {
              for (int i = 0; i < list.items().size(); i++) {
                String at = pointer + "." + i;
                nodes
                    .map(list.items().get(i), at)
                    .flatMap(map -> constraint(map, at))
                    .ifPresent(constraints::add);
              }
            });
    return constraints;
  }

  private Optional<SpreadConstraint> constraint(YamlNode.Mapping map, String pointer) {
    nodes.checkKeys(map, pointer, KEYS, List.of());
    Optional<SpreadDomain> across = Optional.empty();
    if (map.find("across").isEmpty()) {
      nodes.wrong(
          pointer + ".across",
          map,
          Phrase.of("placement.policy.across-missing"),
          Phrase.of("placement.policy.one-of", domains()));
    } else {
      across = across(map.find("across").get(), pointer + ".across");
    }
    int maxSkew = nodes.atLeastOne(map, "max_skew", pointer);
    int minDomains = nodes.atLeastOne(map, "min_domains", pointer);
    boolean hard = hard(map, pointer);
    if (!hard && map.find("min_domains").isPresent()) {
      nodes.wrong(
          pointer + ".min_domains",
          map.find("min_domains").get(),
          Phrase.of("placement.policy.min-domains-soft"),
          Phrase.of("placement.policy.min-domains-soft-remedy"));
    }
    return across.map(domain -> new SpreadConstraint(domain, maxSkew, minDomains, hard));
  }

  private Optional<SpreadDomain> across(YamlNode node, String pointer) {
    Optional<String> given = nodes.text(node, pointer);
    for (SpreadDomain domain : SpreadDomain.values()) {
      if (given.isPresent() && given.get().equals(domain.text())) {
        return Optional.of(domain);
      }
    }
    given.ifPresent(
        text ->
            nodes.wrong(
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
    return map.find("when_unsatisfiable")
        .map(node -> nodes.oneOf(node, pointer + ".when_unsatisfiable", WHEN_UNSATISFIABLE))
        .filter(WHEN_UNSATISFIABLE.get(1)::equals)
        .isEmpty();
  }
}
