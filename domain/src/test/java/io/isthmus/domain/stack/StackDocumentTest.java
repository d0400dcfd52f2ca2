package io.isthmus.domain.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.json.Json;
import io.isthmus.domain.stack.engine.TestStacks;
import io.isthmus.domain.template.HotTemplate;
import io.isthmus.domain.template.TemplateSource;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is told of a stack that is abandoned. */
class StackDocumentTest {

  private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");

  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      parameters:
        word: {type: string, hidden: true}
        size: {type: string}
      resources:
        tier: {type: tier.yaml, properties: {size: {get_param: size}}}
      """;

  private static final String TIER =
      """
      heat_template_version: 2018-08-31
      parameters:
        size: {type: string}
        key: {type: string, hidden: true}
        colour: {type: string, default: blue}
      resources:
        net: {type: OS::Neutron::Net}
      """;

  private static final JsonObject PARAMETERS =
      Json.createObjectBuilder()
          .add("word", "open-sesame")
          .add("size", "small")
          .add(
              HotTemplate.NESTED_DEFAULTS,
              Json.createObjectBuilder().add("key", "nested-secret").add("colour", "red"))
          .build();

  private static Stack stack(String template) {
    Stack stack = TestStacks.stack("shop", NOW, UUID.randomUUID());
    return stack.at(
        new StackRevision(
            1,
            new TemplateSource(template, Map.of("tier.yaml", TIER)),
            PARAMETERS,
            Json.createObjectBuilder().add("token", "drawn-secret").build(),
            "placement_policy_version: 2026-11-23",
            stack.plan(),
            List.of()));
  }

  private static StackPart made(StackPart part, String id) {
    return part.with(
        part.state()
            .known(Optional.of(id), Optional.of("ACTIVE"), JsonValue.EMPTY_JSON_OBJECT, NOW)
            .in(StackStatus.CREATED, StackHealth.HEALTHY, NOW));
  }

  @Test
  void tellsAllButWhatIsSecret() {
    JsonObject document = StackDocument.of(stack(TEMPLATE), List.of());

    assertThat(document.toString())
        .doesNotContain("open-sesame")
        .doesNotContain("nested-secret")
        .doesNotContain("drawn-secret");
    assertThat(document.getJsonArray("hidden_parameters").toString())
        .isEqualTo("[\"key\",\"word\"]");
    JsonObject environment = document.getJsonObject("environment");
    assertThat(environment.getJsonObject("parameters").toString())
        .isEqualTo("{\"size\":\"small\"}");
    assertThat(environment.getJsonObject("parameter_defaults").toString())
        .isEqualTo("{\"colour\":\"red\"}");
    assertThat(document.getJsonObject("template").getString("heat_template_version"))
        .isEqualTo("2018-08-31");
    assertThat(document.getJsonObject("files").getString("tier.yaml")).isEqualTo(TIER);
    assertThat(document.getString("policy")).contains("2026-11-23");
  }

  @Test
  void tellsNoParameterWhereNobodyKnowsWhichAreHidden() {
    JsonObject document = StackDocument.of(stack(TEMPLATE + "  hidden: [broken"), List.of());
    assertThat(document.toString()).doesNotContain("open-sesame").doesNotContain("nested-secret");
    assertThat(document.getString("template")).contains("broken");
  }

  @Test
  void namesEachPlaceOfWhatIsThereAndNothingElse() {
    List<StackPart> parts =
        new TestStacks()
            .add("net", TestStacks.NET, "gra")
            .stretch("net", "bhs")
            .add("web", TestStacks.SERVER, "gra", "net")
            .add("late", TestStacks.SERVER, "gra", "net")
            .parts(NOW);
    List<StackPart> there =
        parts.stream()
            .map(
                part ->
                    part.id().resource().equals("late")
                        ? part
                        : made(part, part.id().resource() + "@" + part.id().cloud()))
            .toList();
    JsonObject resources = StackDocument.of(stack(TEMPLATE), there).getJsonObject("resources");

    assertThat(resources.keySet()).containsExactly("net", "web");
    JsonObject net = resources.getJsonObject("net");
    assertThat(net.getString("action") + "_" + net.getString("status"))
        .isEqualTo("CREATE_COMPLETE");
    assertThat(net.getJsonArray("placements").getValuesAs(JsonObject.class))
        .extracting(place -> place.getString("resource_id"))
        .containsExactly("net@bhs", "net@gra");
    assertThat(
            resources
                .getJsonObject("web")
                .getJsonArray("placements")
                .getJsonObject(0)
                .getJsonObject("mark")
                .getInt("generation"))
        .isEqualTo(1);
  }
}
