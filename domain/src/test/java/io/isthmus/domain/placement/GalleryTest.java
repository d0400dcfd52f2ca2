package io.isthmus.domain.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.FederationSnapshot;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.network.AddressPlan;
import io.isthmus.domain.network.Cidr;
import io.isthmus.domain.sample.Sample;
import io.isthmus.domain.sample.Samples;
import io.isthmus.domain.template.ResourceGraph;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each sample as it is, placed on a federation like the evaluation's. */
class GalleryTest {

  /** For the parameters that have no default. */
  private static final JsonObject ANSWERS =
      Json.createObjectBuilder()
          .add("public_key", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIexample alice")
          .add("queue_token", "a-token-of-the-queue")
          .build();

  private static List<String> accepted() {
    return new Samples()
        .list().stream().map(Sample::name).filter(name -> !name.equals("sovereign")).toList();
  }

  private static FederationSnapshot federation() {
    return Federations.of(
        new Federations.CloudBuilder("gra")
            .country("FR")
            .certified("HDS", "2027-12-31")
            .region("GRA-1", "a", "b")
            .region("GRA-2", "a", "b"),
        new Federations.CloudBuilder("bhs").country("CA").region("BHS-1", "nova"),
        new Federations.CloudBuilder("syd").country("AU").exposedTo("US").region("SYD-1", "nova"));
  }

  private static Placement place(String name, JsonObject parameters) {
    Sample sample = new Samples().require(name);
    ResourceGraph graph =
        new HotDrafts()
            .read(ProjectId.parse("acme/demo"), "sample", sample.template(), "", parameters)
            .graph();
    PlacementPolicy rules = new PolicyParser().parse(sample.policy());
    PolicyCheck.require(rules, graph, federation());
    return new Planner()
        .place(
            graph,
            rules,
            federation(),
            new AddressPlan(List.of(Cidr.of("10.128.0.0/9")), List.of()));
  }

  private static JsonObject answers(String name) {
    String template = new Samples().require(name).template().text();
    JsonObjectBuilder given = Json.createObjectBuilder();
    ANSWERS.forEach(
        (parameter, value) -> {
          if (template.contains("  " + parameter + ":\n")) {
            given.add(parameter, value);
          }
        });
    return given.build();
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void findsItsPlaces(String name) {
    Placement placement = place(name, answers(name));

    assertThat(placement).as("%s", placement).isInstanceOf(Placement.Placed.class);
  }

  @Test
  void isRefusedWhereOneOperatorAloneIsOutOfReach() {
    String name = "sovereign";
    assertThat(place(name, answers(name))).isInstanceOf(Placement.Unplaced.class);
  }

  @Test
  void threeTiersAreAtThreeOperatorsWithTheDataInFrance() {
    String name = "records";
    Placement placement = place(name, answers(name));

    assertThat(clouds(placement, "entrance/")).containsExactlyInAnyOrder("gra", "bhs", "syd");
    assertThat(clouds(placement, "db")).containsExactly("gra");
    assertThat(clouds(placement, "records")).containsExactly("gra");
    assertThat(clouds(placement, "app/")).containsExactly("gra");
  }

  @Test
  void productionHasLargeWorkersAndAVolume() {
    String name = "workers";
    JsonObject production =
        Json.createObjectBuilder(answers(name)).add("stage", "production").build();

    assertThat(place(name, answers(name)).decisions())
        .extracting(Decision::resource)
        .doesNotContain("results");
    assertThat(place(name, production).decisions())
        .extracting(Decision::resource)
        .contains("results");
  }

  private static Set<String> clouds(Placement placement, String resource) {
    return placement.decisions().stream()
        .filter(decision -> decision.resource().startsWith(resource))
        .flatMap(decision -> decision.chosen().stream())
        .map(place -> place.cloud().text())
        .collect(Collectors.toSet());
  }
}
