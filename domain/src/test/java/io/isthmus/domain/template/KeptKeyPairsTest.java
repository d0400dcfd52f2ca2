package io.isthmus.domain.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.json.Json;
import io.isthmus.domain.keypair.Keys;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Servers that name a key pair of their project. */
class KeptKeyPairsTest {

  private static final Map<String, String> KEPT =
      Map.of("laptop", Keys.ED25519, "build@farm 1", Keys.P256);

  private static final String BY_PARAMETER =
      """
      heat_template_version: 2018-08-31
      parameters:
        key: {type: string, constraints: [{custom_constraint: nova.keypair}]}
      resources:
        web:
          type: OS::Heat::ResourceGroup
          properties:
            count: 2
            resource_def:
              type: OS::Nova::Server
              properties: {flavor: m1, image: i, key_name: {get_param: key}}
        db:
          type: OS::Nova::Server
          properties: {flavor: m1, image: i, key_name: laptop}
      """;

  @Test
  void aKeyPairOfThatNameIsAmongTheResourcesAndServersReferToIt() {
    ResourceGraph graph = graph(BY_PARAMETER, Map.of("key", "build@farm 1"));

    ResourceNode laptop = node(graph, "keypair-laptop");
    assertThat(laptop.type().name()).isEqualTo("OS::Nova::KeyPair");
    assertThat(laptop.type().footing()).isEqualTo(Footing.STRETCHED);
    assertThat(laptop.keptKeyPair()).contains("laptop");
    assertThat(laptop.knownProperties().getString("public_key")).isEqualTo(Keys.ED25519);
    assertThat(node(graph, "keypair-build@farm 1").knownProperties().getString("public_key"))
        .isEqualTo(Keys.P256);
    assertThat(node(graph, "db").references())
        .containsExactly(
            new ResourceReference(
                Optional.of("key_name"), "keypair-laptop", Optional.empty(), true));
    assertThat(node(graph, "web/1").references())
        .extracting(ResourceReference::target)
        .containsExactly("keypair-build@farm 1");
    assertThat(node(graph, "db").keptKeyPair()).isEmpty();
  }

  @Test
  void theServerIsGivenTheNameOfWhatWasMadeInItsCloud() {
    ResourceGraph graph = graph(BY_PARAMETER, Map.of("key", "laptop"));

    assertThat(node(graph, "web/0").properties(named("laptop-0123456789ab")).getString("key_name"))
        .isEqualTo("laptop-0123456789ab");
    assertThat(graph.nodes()).filteredOn(node -> node.keptKeyPair().isPresent()).hasSize(1);
  }

  @Test
  void aNameThatIsNotKeptStaysAsItIs() {
    ResourceGraph graph = graph(BY_PARAMETER, Map.of("key", "made by hand"));

    assertThat(node(graph, "web/0").references()).isEmpty();
    assertThat(node(graph, "web/0").knownProperties().getString("key_name"))
        .isEqualTo("made by hand");
  }

  @Test
  void aKeyPairThatTheTemplateHoldsIsTheTemplates() {
    ResourceGraph graph =
        graph(
            """
            heat_template_version: 2018-08-31
            resources:
              keypair-laptop:
                type: OS::Nova::KeyPair
                properties: {name: laptop, public_key: %s}
              own:
                type: OS::Nova::Server
                properties: {flavor: m1, image: i, key_name: {get_resource: keypair-laptop}}
              kept:
                type: OS::Nova::Server
                properties: {flavor: m1, image: i, key_name: laptop}
            """
                .formatted(Keys.P384),
            Map.of());

    assertThat(node(graph, "keypair-laptop").keptKeyPair()).isEmpty();
    assertThat(node(graph, "keypair-laptop").knownProperties().getString("public_key"))
        .isEqualTo(Keys.P384);
    assertThat(node(graph, "keypair-laptop_").keptKeyPair()).contains("laptop");
    assertThat(node(graph, "kept").references())
        .extracting(ResourceReference::target)
        .containsExactly("keypair-laptop_");
  }

  @Test
  void nestedTemplatesAndComputedValuesNameThemToo() {
    TemplateSource source =
        new TemplateSource(
                """
                heat_template_version: 2018-08-31
                resources:
                  who: {type: OS::Heat::Value, properties: {value: laptop}}
                  tier: {type: tier.yaml, properties: {key: {get_attr: [who, value]}}}
                """,
                Map.of(
                    "tier.yaml",
                    """
                    heat_template_version: 2018-08-31
                    parameters: {key: {type: string}}
                    resources:
                      server:
                        type: OS::Nova::Server
                        properties: {flavor: m1, image: i, key_name: {get_param: key}}
                    """))
            .withKeyPairs(KEPT);

    ResourceGraph graph = graph(source, Map.of());

    assertThat(node(graph, "tier/server").references())
        .extracting(ResourceReference::target)
        .contains("keypair-laptop");
  }

  @Test
  void aHiddenNameBecomesNoPartOfAResourcesName() {
    ResourceGraph graph =
        graph(
            BY_PARAMETER.replace("key: {type: string,", "key: {type: string, hidden: true,"),
            Map.of("key", "build@farm 1"));

    assertThat(graph.nodes()).extracting(ResourceNode::path).doesNotContain("keypair-build@farm 1");
  }

  private static ResourceGraph graph(String text, Map<String, String> given) {
    return graph(TemplateSource.of(text).withKeyPairs(KEPT), given);
  }

  private static ResourceGraph graph(TemplateSource source, Map<String, String> given) {
    HotTemplate template = new HotParser().parse(source);
    Map<String, JsonValue> values = new java.util.LinkedHashMap<>();
    given.forEach((name, value) -> values.put(name, Json.createValue(value)));
    return template.graph(template.bind(values, new PseudoParameters("s", "i", "p")));
  }

  private static ResourceNode node(ResourceGraph graph, String path) {
    return graph.find(path).orElseThrow();
  }

  private static References named(String id) {
    return new References() {
      @Override
      public Optional<JsonValue> resource(String path) {
        JsonString name = Json.createValue(id);
        return Optional.of(name);
      }

      @Override
      public Optional<JsonValue> attribute(String path, List<JsonValue> attribute) {
        return Optional.empty();
      }
    };
  }
}
