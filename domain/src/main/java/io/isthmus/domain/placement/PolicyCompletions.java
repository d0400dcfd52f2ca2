package io.isthmus.domain.placement;

import io.isthmus.domain.template.type.ResourceTypes;
import io.isthmus.domain.yaml.Suggestion;
import io.isthmus.domain.yaml.Suggestion.Kind;
import io.isthmus.domain.yaml.YamlCaret;
import io.isthmus.domain.yaml.YamlCaret.Slot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * What may be written at a place of a placement policy, from the tables that the parser checks by.
 * The policy need not be complete.
 */
public final class PolicyCompletions {

  private static final String RULES = "rules";

  private final YamlCaret caret;
  private final List<Suggestion> found = new ArrayList<>();

  private PolicyCompletions(YamlCaret caret) {
    this.caret = caret;
  }

  /**
   * Suggests what may be written.
   *
   * @param line 1-based
   * @param column how many characters stand before the caret on its line
   * @param clouds the clouds that the writer may name
   * @return in the order in which they are best shown; empty where nothing can be told
   */
  public static List<Suggestion> at(String text, int line, int column, List<String> clouds) {
    PolicyCompletions completions = new PolicyCompletions(YamlCaret.at(text, line, column));
    if (completions.caret.slot() != Slot.NOTHING) {
      completions.policy(clouds);
    }
    return List.copyOf(completions.found);
  }

  private void policy(List<String> clouds) {
    if (caret.path().isEmpty()) {
      keys(PolicyParser.POLICY_KEYS);
    } else if (caret.isAt("placement_policy_version")) {
      words(List.of(PlacementPolicy.VERSION));
    } else if (caret.isAt("prefer")) {
      keys(PolicyParser.PREFER_KEYS);
    } else if (caret.isAt(RULES, "*")) {
      keys(RuleReader.KEYS);
    } else if (caret.path().size() > 2 && caret.path().get(0).equals(RULES)) {
      rule(caret.path().get(2), clouds);
    }
  }

  private void rule(String section, List<String> clouds) {
    switch (section) {
      case "match" -> {
        section(section, RuleReader.MATCH_KEYS);
        items(section, "types", ResourceTypes.names());
      }
      case "residency" -> {
        section(section, RuleReader.RESIDENCY_KEYS);
        items(section, "jurisdictions", Jurisdictions.all());
        if (caret.isAt(RULES, "*", section, "operators_exposed_to")) {
          keys(List.of("none_of"));
        }
        if (caret.isAt(RULES, "*", section, "operators_exposed_to", "none_of", "*")) {
          words(Jurisdictions.all());
        }
      }
      case "clouds" -> {
        section(section, RuleReader.CLOUDS_KEYS);
        items(section, "any_of", clouds);
        items(section, "none_of", clouds);
      }
      case "require" -> {
        section(section, RuleReader.REQUIRE_KEYS);
        items(section, "capabilities", Capability.words());
        if (caret.isAt(RULES, "*", section, "when_unsatisfiable")) {
          words(RuleReader.WHEN_UNSATISFIABLE);
        }
      }
      case "affinity" -> section(section, RuleReader.AFFINITY_KEYS);
      case "spread" -> spread();
      default -> {}
    }
  }

  private void spread() {
    if (caret.isAt(RULES, "*", "spread", "*")) {
      keys(SpreadReader.KEYS);
    } else if (caret.isAt(RULES, "*", "spread", "*", "across")) {
      words(Arrays.stream(SpreadDomain.values()).map(SpreadDomain::text).toList());
    } else if (caret.isAt(RULES, "*", "spread", "*", "when_unsatisfiable")) {
      words(SpreadReader.WHEN_UNSATISFIABLE);
    }
  }

  private void section(String name, List<String> keys) {
    if (caret.isAt(RULES, "*", name)) {
      keys(keys);
    }
  }

  private void items(String section, String list, Collection<String> words) {
    if (caret.isAt(RULES, "*", section, list, "*")) {
      words(words);
    }
  }

  private void keys(Collection<String> names) {
    if (caret.takesKey()) {
      names.stream()
          .filter(name -> !caret.written().contains(name))
          .forEach(name -> found.add(Suggestion.key(name, Kind.KEY, "")));
    }
  }

  private void words(Collection<String> words) {
    if (caret.takesValue()) {
      words.stream()
          .filter(word -> !caret.items().contains(word))
          .forEach(word -> found.add(Suggestion.word(word, Kind.VALUE, "")));
    }
  }
}
