package io.isthmus.domain.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.network.AddressPlan;
import io.isthmus.domain.network.Cidr;
import io.isthmus.domain.template.ResourceGraph;
import io.isthmus.domain.template.TemplateSource;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The samples as they are, read and placed. */
class ShopTest {

  private static final Path SAMPLES = Path.of("../samples");

  private static Placement plan(String sample) throws IOException {
    String template = text(sample, "template.yaml");
    String policy = text(sample, "policy.yaml");
    ResourceGraph graph =
        new HotDrafts()
            .read(
                ProjectId.parse("acme/demo"),
                "shop",
                TemplateSource.of(template),
                "",
                JsonValue.EMPTY_JSON_OBJECT)
            .graph();
    PlacementPolicy rules = new PolicyParser().parse(policy);
    PolicyCheck.require(rules, graph, Federations.three());
    return new Planner()
        .place(
            graph,
            rules,
            Federations.three(),
            new AddressPlan(List.of(Cidr.of("10.128.0.0/9")), List.of()));
  }

  private static String text(String sample, String file) throws IOException {
    return Files.readString(SAMPLES.resolve(sample).resolve(file));
  }

  @Test
  void makesEachPartAfterAllThatItRequires() throws IOException {
    Set<PartId> made = new HashSet<>();
    for (PlannedPart part : ((Placement.Placed) plan("shop")).parts()) {
      assertThat(made).as("before %s", part.id()).containsAll(part.requires());
      made.add(part.id());
    }
  }

  @Test
  void straddlesThreeCloudsWithItsNetworkInEach() throws IOException {
    Placement placement = plan("shop");

    assertThat(placement).as("%s", placement).isInstanceOf(Placement.Placed.class);
    assertThat(placement.decisions())
        .filteredOn(decision -> decision.resource().startsWith("web/"))
        .extracting(decision -> decision.chosen().get(0).cloud().text())
        .containsExactlyInAnyOrder("gra", "bhs", "syd");
    for (String stretched : List.of("net", "subnet", "router", "router_interface")) {
      assertThat(placement.decisions())
          .filteredOn(decision -> decision.resource().equals(stretched))
          .singleElement()
          .satisfies(decision -> assertThat(decision.chosen()).hasSize(3));
    }
    assertThat(((Placement.Placed) placement).wiring().remarks())
        .extracting(remark -> remark.in(Locale.FRENCH))
        .anyMatch(words -> words.contains("pas encore reliés"));
  }
}
