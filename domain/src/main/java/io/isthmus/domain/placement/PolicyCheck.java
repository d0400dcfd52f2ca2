package io.isthmus.domain.placement;

import io.isthmus.domain.cloud.FederationSnapshot;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Nearest;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.Footing;
import io.isthmus.domain.template.ResourceGraph;
import io.isthmus.domain.template.ResourceNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds rules that are about nothing: a misspelt name must not silently loosen what was meant to be
 * kept.
 */
public final class PolicyCheck {

  private PolicyCheck() {}

  /**
   * Checks a policy against what it is for.
   *
   * @throws FederationFault POLICY_INVALID when a rule matches no resource, unless it leaves out
   *     what cannot be had, or names a cloud that is not a member
   */
  public static void require(
      PlacementPolicy policy, ResourceGraph graph, FederationSnapshot federation) {
    List<Violation> violations = new ArrayList<>();
    List<String> clouds =
        federation.clouds().stream().map(cloud -> cloud.id().text()).sorted().toList();
    List<ResourceNode> nodes =
        graph.nodes().stream().filter(node -> node.type().footing() != Footing.COMPUTED).toList();
    for (int i = 0; i < policy.rules().size(); i++) {
      PolicyRule rule = policy.rules().get(i);
      String pointer = "rules." + i;
      List<String> named = new ArrayList<>(rule.clouds().anyOf());
      named.addAll(rule.clouds().noneOf());
      for (String cloud : named) {
        if (!clouds.contains(cloud)) {
          add(
              violations,
              rule,
              pointer + ".clouds",
              Phrase.of("placement.policy.cloud-unknown", rule.name(), cloud),
              suggestion(cloud, clouds));
        }
      }
      rule.affinity()
          .ifPresent(
              affinity -> {
                checkSide(violations, rule, pointer + ".affinity.of", affinity.of(), nodes);
                checkSide(violations, rule, pointer + ".affinity.to", affinity.to(), nodes);
              });
      if (rule.failover().isPresent()
          && nodes.stream()
              .filter(node -> node.type().name().equals("OS::Nova::Server"))
              .noneMatch(rule.match()::matches)) {
        add(
            violations,
            rule,
            pointer + ".failover",
            Phrase.of("placement.policy.failover-no-server", rule.name()),
            Phrase.of("placement.policy.failover-no-server-remedy"));
      }
      // A rule that only loosens keeps everything strict when it is about nothing.
      boolean mayBeIdle = rule.needs().leavesOut();
      if (!mayBeIdle && nodes.stream().noneMatch(rule.match()::matches)) {
        add(
            violations,
            rule,
            pointer + ".match",
            Phrase.of("placement.policy.matches-nothing", rule.name()),
            remedy(rule.match(), nodes));
      }
    }
    if (!violations.isEmpty()) {
      throw new FederationFault(
          FaultCode.POLICY_INVALID,
          Phrase.of("placement.policy.invalid", violations.size()),
          violations);
    }
  }

  private static void checkSide(
      List<Violation> violations,
      PolicyRule rule,
      String pointer,
      List<Glob> globs,
      List<ResourceNode> nodes) {
    for (Glob glob : globs) {
      if (nodes.stream()
          .filter(node -> node.type().footing() == Footing.PLACED)
          .noneMatch(glob::names)) {
        add(
            violations,
            rule,
            pointer,
            Phrase.of("placement.policy.affinity-names-nothing", rule.name(), glob.text()),
            suggestion(
                glob.text(),
                nodes.stream()
                    .filter(node -> node.type().footing() == Footing.PLACED)
                    .map(node -> node.group().orElse(node.path()))
                    .distinct()
                    .toList()));
      }
    }
  }

  private static void add(
      List<Violation> violations, PolicyRule rule, String pointer, Phrase message, Phrase remedy) {
    violations.add(
        new Violation(pointer, rule.line(), rule.column(), message, Optional.of(remedy)));
  }

  private static Phrase remedy(RuleMatch match, List<ResourceNode> nodes) {
    Set<String> types = new LinkedHashSet<>();
    Set<String> names = new LinkedHashSet<>();
    for (ResourceNode node : nodes) {
      types.add(node.type().name());
      names.add(node.group().orElse(node.path()));
    }
    for (String type : match.types()) {
      if (!types.contains(type)) {
        return suggestion(type, List.copyOf(types));
      }
    }
    List<Glob> globs = new ArrayList<>(match.names());
    globs.addAll(match.groups());
    for (Glob glob : globs) {
      if (nodes.stream()
          .noneMatch(
              node ->
                  glob.matches(node.path()) || node.group().filter(glob::matches).isPresent())) {
        return suggestion(glob.text(), List.copyOf(names));
      }
    }
    return Phrase.of("placement.policy.matches-nothing-remedy");
  }

  private static Phrase suggestion(String given, List<String> known) {
    return Nearest.to(given, known)
        .map(near -> Phrase.of("placement.policy.did-you-mean", near))
        .orElseGet(
            () ->
                Phrase.of(
                    "placement.policy.one-of",
                    String.join(", ", known.subList(0, Math.min(12, known.size())))));
  }
}
