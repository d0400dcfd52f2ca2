package io.isthmus.domain.placement;

import io.isthmus.domain.cloud.FederationSnapshot;
import io.isthmus.domain.network.AddressPlan;
import io.isthmus.domain.network.Cidr;
import io.isthmus.domain.placement.Federations.CloudBuilder;
import io.isthmus.domain.template.HotParser;
import io.isthmus.domain.template.HotTemplate;
import io.isthmus.domain.template.PseudoParameters;
import io.isthmus.domain.template.ResourceGraph;
import io.isthmus.domain.template.TemplateSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How long it takes to read and plan a stack of very many nested ones: a thousand of 22 resources,
 * the shape of a cluster of a thousand nodes as CERN published it.
 */
public final class NestedBench {

  private static final int INSIDE = 22;

  private static final String POLICY =
      """
      placement_policy_version: 2026-11-23
      rules:
        - name: survives the loss of an operator
          match: { names: ["*"] }
          spread: [{ across: operator, max_skew: 100, when_unsatisfiable: schedule_anyway }]
      """;

  private NestedBench() {}

  /**
   * @param arguments how many nested stacks; how many times
   */
  public static void main(String[] arguments) {
    int nested = Integer.parseInt(arguments[0]);
    FederationSnapshot federation =
        Federations.of(
            new CloudBuilder("gra").country("FR").region("GRA-1", "a", "b"),
            new CloudBuilder("bhs").country("CA").region("BHS-1", "a", "b"),
            new CloudBuilder("syd").country("AU").region("SYD-1", "a", "b"));
    PlacementPolicy policy = new PolicyParser().parse(POLICY);
    AddressPlan addresses = new AddressPlan(List.of(Cidr.of("10.128.0.0/9")), List.of());
    for (int round = 1; round <= Integer.parseInt(arguments[1]); round++) {
      long begun = System.nanoTime();
      HotTemplate template =
          new HotParser()
              .parse(
                  new TemplateSource(whole(nested), Map.of("node.yaml", inside()), Map.of()));
      long parsed = System.nanoTime();
      ResourceGraph graph =
          template.graph(
              template.bind(Map.of(), new PseudoParameters("cluster", "id", "project")));
      long graphed = System.nanoTime();
      Placement placement = new Planner().place(graph, policy, federation, addresses);
      long placed = System.nanoTime();
      if (!(placement instanceof Placement.Placed)) {
        throw new IllegalStateException("not placed: " + placement);
      }
      System.out.printf(
          Locale.ROOT,
          "round %d: %d resources in %d nested stacks: read in %.2f s, their graph in %.2f s,"
              + " planned in %.2f s; %d MiB of heap used%n",
          round,
          graph.nodes().size(),
          nested,
          (parsed - begun) / 1e9,
          (graphed - parsed) / 1e9,
          (placed - graphed) / 1e9,
          (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20);
    }
  }

  private static String whole(int nested) {
    return """
        heat_template_version: wallaby
        resources:
          nodes:
            type: OS::Heat::ResourceGroup
            properties:
              count: %d
              resource_def: {type: node.yaml, properties: {name: "node-%%index%%"}}
        """
        .formatted(nested);
  }

  /** Two rows, so that each resource but the first two waits for one before it. */
  private static String inside() {
    StringBuilder text =
        new StringBuilder(
            """
            heat_template_version: wallaby
            parameters: {name: {type: string}}
            resources:
            """);
    for (int i = 0; i < INSIDE; i++) {
      text.append("  r%d: {type: OS::Heat::TestResource, properties: {value: ".formatted(i));
      text.append(i < 2 ? "{get_param: name}" : "{get_attr: [r%d, output]}".formatted(i - 2));
      text.append("}}\n");
    }
    return text.append("outputs: {OS::stack_id: {value: {get_resource: r21}}}\n").toString();
  }
}
