package io.isthmus.domain.placement;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.ResourceGraph;
import java.util.List;

/** What a plan says of servers that a policy calls standby and that hold data. */
final class StandbyRemarks {

  private StandbyRemarks() {}

  /** One for each server that stays all the same when its cloud is lost. */
  static List<Phrase> of(ResourceGraph graph, PlacementPolicy policy) {
    return graph.nodes().stream()
        .filter(node -> node.type().name().equals("OS::Nova::Server"))
        .filter(Updating::holdsState)
        .filter(
            node ->
                policy.rules().stream()
                    .filter(rule -> rule.match().matches(node))
                    .flatMap(rule -> rule.failover().stream())
                    .anyMatch(said -> said.mode() == Failover.Mode.STANDBY))
        .map(node -> Phrase.of("placement.standby-holds-data", node.path()))
        .toList();
  }
}
