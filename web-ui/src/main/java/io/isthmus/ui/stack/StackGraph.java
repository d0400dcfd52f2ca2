package io.isthmus.ui.stack;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.stack.PartView;
import io.isthmus.ui.element.Clouds;
import io.isthmus.ui.element.Marks;
import io.isthmus.ui.widget.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The graph of a stack: its parts, and from each an arrow to what it needs. */
final class StackGraph {

  private StackGraph() {}

  /** A node for each part, edges only between parts that are shown, each once. */
  static Topology.Graph of(List<PartView> parts, Clouds clouds) {
    Map<CloudId, Set<String>> regions = new TreeMap<>();
    parts.forEach(
        part ->
            regions
                .computeIfAbsent(part.id().cloud(), cloud -> new TreeSet<>())
                .add(part.id().region()));
    Set<PartId> shown = new TreeSet<>();
    parts.forEach(part -> shown.add(part.id()));
    List<Topology.Node> nodes = new ArrayList<>();
    List<Topology.Edge> edges = new ArrayList<>();
    for (PartView part : parts) {
      CloudId cloud = part.id().cloud();
      String region = regions.get(cloud).size() > 1 ? part.id().region() : "";
      nodes.add(
          new Topology.Node(
              part.id().toString(),
              part.id().resource(),
              part.type(),
              Marks.of(part.status(), part.health().state()),
              Optional.of(new Topology.Place(cloud.text(), clouds.hue(cloud), region))));
      part.requires().stream()
          .filter(shown::contains)
          .sorted()
          .forEach(needed -> edges.add(new Topology.Edge(part.id().toString(), needed.toString())));
    }
    return new Topology.Graph(nodes, edges);
  }
}
