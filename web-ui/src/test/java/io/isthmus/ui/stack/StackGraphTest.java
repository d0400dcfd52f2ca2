package io.isthmus.ui.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.stack.PartView;
import io.isthmus.domain.stack.StackHealth;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.domain.template.DeletionPolicy;
import io.isthmus.ui.element.Clouds;
import io.isthmus.ui.widget.Mark;
import io.isthmus.ui.widget.Topology;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StackGraphTest {

  private static final CloudId GRA = new CloudId("gra");
  private static final CloudId BHS = new CloudId("bhs");
  private static final PartId NET = new PartId("net", GRA, "GRA-1");
  private static final PartId WEB = new PartId("web/0", GRA, "GRA-2");
  private static final PartId FAR = new PartId("web/1", BHS, "BHS");

  private static PartView part(PartId id, StackHealth health, PartId... requires) {
    return new PartView(
        id,
        "OS::Nova::Server",
        1,
        Optional.empty(),
        StackStatus.CREATED,
        health,
        "name",
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        List.of(),
        Set.of(requires),
        1,
        Optional.empty(),
        DeletionPolicy.DELETE,
        Instant.EPOCH);
  }

  private static Topology.Graph graph(PartView... parts) {
    return StackGraph.of(List.of(parts), new Clouds(List.of()));
  }

  @Test
  void drawsAnArrowFromEachPartToWhatItNeeds() {
    Topology.Graph graph =
        graph(part(NET, StackHealth.HEALTHY), part(WEB, StackHealth.HEALTHY, NET, FAR));
    assertThat(graph.edges())
        .as("what is not shown has no arrow")
        .containsExactly(new Topology.Edge(WEB.toString(), NET.toString()));
  }

  @Test
  void namesTheRegionOnlyWhereACloudHasSeveral() {
    Topology.Graph graph =
        graph(
            part(NET, StackHealth.HEALTHY),
            part(WEB, StackHealth.HEALTHY),
            part(FAR, StackHealth.HEALTHY));
    assertThat(graph.nodes())
        .extracting(node -> node.place().orElseThrow().region())
        .containsExactly("GRA-1", "GRA-2", "");
  }

  @Test
  void marksAPartThatIsCompleteButLostAsFailed() {
    Topology.Graph graph = graph(part(WEB, new StackHealth(StackHealth.State.LOST, List.of())));
    assertThat(graph.nodes().get(0).mark()).isEqualTo(Mark.FAILED);
  }
}
