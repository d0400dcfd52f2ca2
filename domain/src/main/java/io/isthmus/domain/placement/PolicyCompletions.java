package io.isthmus.domain.placement;

import io.isthmus.domain.cloud.Certification;
import io.isthmus.domain.cloud.CloudView;
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

  /**
   * What the writer may name.
   *
   * @param clouds ids of clouds
   * @param resources of the template that the policy is for; empty when it is for many
   * @param certifications that clouds have
   */
  public record Names(List<String> clouds, List<String> resources, List<String> certifications) {

    public Names {
      clouds = List.copyOf(clouds);
      resources = List.copyOf(resources);
      certifications = List.copyOf(certifications);
    }

    /** What there is in these clouds, for these resources. */
    public static Names of(Collection<CloudView> clouds, List<String> resources) {
      return new Names(
          clouds.stream().map(cloud -> cloud.id().text()).toList(),
          resources,
          clouds.stream()
              .flatMap(cloud -> cloud.facts().certifications().stream())
              .map(Certification::name)
              .distinct()
              .sorted()
              .toList());
    }
  }

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
   * @param names what the writer may name
   * @return in the order in which they are best shown; empty where nothing can be told
   */
  public static List<Suggestion> at(String text, int line, int column, Names names) {
    PolicyCompletions completions = new PolicyCompletions(YamlCaret.at(text, line, column));
    if (completions.caret.slot() != Slot.NOTHING) {
      completions.policy(names);
    }
    return List.copyOf(completions.found);
  }

  private void policy(Names names) {
    if (caret.path().isEmpty()) {
      keys(PolicyParser.POLICY_KEYS);
    } else if (caret.isAt("placement_policy_version")) {
      words(List.of(PlacementPolicy.VERSION));
    } else if (caret.isAt("prefer")) {
      keys(PolicyParser.PREFER_KEYS);
    } else if (caret.isAt("prefer", "latency_from")) {
      keys(Towns.countries());
    } else if (caret.isAt(RULES, "*")) {
      keys(RuleReader.KEYS);
    } else if (caret.path().size() > 2 && caret.path().get(0).equals(RULES)) {
      rule(caret.path().get(2), names);
    }
  }

  private void rule(String section, Names names) {
    switch (section) {
      case "match" -> {
        section(section, RuleReader.MATCH_KEYS);
        items(section, "types", ResourceTypes.names());
        items(section, "names", names.resources());
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
        items(section, "any_of", names.clouds());
        items(section, "none_of", names.clouds());
      }
      case "require" -> {
        section(section, RuleReader.REQUIRE_KEYS);
        items(section, "capabilities", Capability.words());
        items(section, "certifications", names.certifications());
        if (caret.isAt(RULES, "*", section, "when_unsatisfiable")) {
          words(RuleReader.WHEN_UNSATISFIABLE);
        }
      }
      case "affinity" -> {
        section(section, RuleReader.AFFINITY_KEYS);
        items(section, "of", names.resources());
        items(section, "to", names.resources());
      }
      case "spread" -> spread();
      case "failover" -> failover();
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

  private void failover() {
    section("failover", FailoverReader.KEYS);
    if (caret.isAt(RULES, "*", "failover", "mode")) {
      words(FailoverReader.MODES);
    } else if (caret.isAt(RULES, "*", "failover", "on_return")) {
      words(FailoverReader.ON_RETURN);
    } else if (caret.isAt(RULES, "*", "failover", "probes", "*")) {
      keys(FailoverReader.PROBE_KEYS);
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
