package io.isthmus.domain.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.sample.Samples;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The samples are what people see first. */
class SampleTemplatesTest {

  private static final PseudoParameters PSEUDO = new PseudoParameters("shop", "id-1", "project-1");

  @ParameterizedTest
  @ValueSource(strings = {"shop", "one-server", "sovereign"})
  void needsNoParameters(String sample) {
    HotTemplate template = parse(sample);
    assertThat(template.graph(template.bind(Map.of(), PSEUDO)).nodes()).isNotEmpty();
    assertThat(template.description()).isNotBlank();
  }

  @Test
  void shopIsOrderedSoThatEverythingComesAfterWhatItNeeds() {
    HotTemplate template = parse("shop");
    ResourceGraph graph = template.graph(template.bind(Map.of(), PSEUDO));
    List<String> paths = graph.nodes().stream().map(ResourceNode::path).toList();
    assertThat(paths)
        .contains("web/0/server", "web/1/server", "web/2/server", "web/2/member", "db", "db_data");
    for (ResourceNode node : graph.nodes()) {
      for (ResourceReference reference : node.references()) {
        assertThat(paths.indexOf(reference.target()))
            .as(node.path() + " after " + reference.target())
            .isLessThan(paths.indexOf(node.path()));
      }
    }
    assertThat(graph.find("web/1/server").orElseThrow().references())
        .contains(
            new ResourceReference(
                Optional.of("networks.0.subnet"), "subnet", Optional.empty(), true),
            new ResourceReference(
                Optional.of("security_groups.0"), "web_security", Optional.empty(), true),
            new ResourceReference(
                Optional.of("user_data"), "db", Optional.of("first_address"), false),
            new ResourceReference(Optional.empty(), "router_interface", Optional.empty(), false));
  }

  @Test
  void shopTellsWhatIsKnownBeforeAnythingExists() {
    HotTemplate template = parse("shop");
    ResourceGraph graph =
        template.graph(template.bind(Map.of("web_count", Values.text("2")), PSEUDO));
    JsonObject known = graph.find("web/1/server").orElseThrow().knownProperties();
    assertThat(known).doesNotContainKey("user_data");
    assertThat(known.getString("flavor")).isEqualTo("m1.small");
    assertThat(known.getJsonArray("networks").get(0)).isEqualTo(JsonValue.EMPTY_JSON_OBJECT);
    assertThat(known.getJsonArray("security_groups").get(0)).isEqualTo(JsonValue.NULL);
    assertThat(graph.find("web/2/server")).isEmpty();
    assertThat(graph.output("web_addresses", References.NONE)).isEmpty();
  }

  @Test
  void shopIsResolvedWholeOnceIdsAreKnown() {
    HotTemplate template = parse("shop");
    ResourceGraph graph = template.graph(template.bind(Map.of(), PSEUDO));
    References made = new Ids();
    JsonObject web = graph.find("web/0/server").orElseThrow().properties(made);
    assertThat(web.getJsonArray("networks").getJsonObject(0).getString("subnet"))
        .isEqualTo("id-of-subnet");
    assertThat(web.getJsonArray("security_groups").getString(0)).isEqualTo("id-of-web_security");
    assertThat(web.getString("user_data")).contains("web 0, database at first_address-of-db");
    assertThat(graph.output("web_addresses", made).orElseThrow().asJsonArray())
        .containsExactly(
            Values.text("first_address-of-web/0/server"),
            Values.text("first_address-of-web/1/server"),
            Values.text("first_address-of-web/2/server"));
    assertThat(graph.find("web/1/member").orElseThrow().properties(made).getString("address"))
        .isEqualTo("first_address-of-web/1/server");
  }

  @Test
  void shopDoesWithoutLoadBalancersByCondition() {
    HotTemplate template = parse("shop");
    ResourceGraph graph =
        template.graph(template.bind(Map.of("balanced", Values.text("false")), PSEUDO));
    assertThat(graph.nodes())
        .extracting(node -> node.type().name())
        .contains("OS::Nova::Server")
        .noneMatch(type -> type.startsWith("OS::Octavia::"));
    assertThat(graph.outputs())
        .extracting(OutputDefinition::name)
        .containsExactly("web_addresses", "db_address");
  }

  private static HotTemplate parse(String sample) {
    return new HotParser().parse(new Samples().require(sample).template());
  }

  /** Everything is there and says who it is. */
  private static final class Ids implements References {
    @Override
    public Optional<JsonValue> resource(String path) {
      return Optional.of(Values.text("id-of-" + path));
    }

    @Override
    public Optional<JsonValue> attribute(String path, List<JsonValue> attributePath) {
      return Optional.of(Values.text(Values.python(attributePath.get(0)) + "-of-" + path));
    }
  }
}
