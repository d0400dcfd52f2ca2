package io.isthmus.domain.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Nested templates become part of the one that uses them. */
class NestedTest {

  private static final String TIER =
      """
      heat_template_version: wallaby
      parameters:
        network: {type: string}
        flavor: {type: string, default: small}
        disk: {type: boolean, default: false}
        size: {type: number, default: 1, constraints: [{range: {min: 1, max: 100}}]}
      conditions:
        with_disk: {get_param: disk}
      resources:
        port: {type: OS::Neutron::Port, properties: {network: {get_param: network}}}
        server:
          type: OS::Nova::Server
          properties:
            name: {list_join: ["-", [{get_param: OS::stack_name}, server]]}
            flavor: {get_param: flavor}
            image: debian
            networks: [{port: {get_resource: port}}]
        volume: {type: OS::Cinder::Volume, condition: with_disk, properties: {size: {get_param: size}}}
      outputs:
        OS::stack_id: {value: {get_resource: server}}
        address: {value: {get_attr: [server, first_address]}}
        ports: {value: [{get_resource: port}]}
      """;

  private static final String SHOP =
      """
      heat_template_version: wallaby
      parameters: {big: {type: boolean, default: true}}
      resources:
        net: {type: OS::Neutron::Net}
        subnet: {type: OS::Neutron::Subnet, properties: {network: {get_resource: net}, cidr: 10.0.0.0/24}}
        db:
          type: tier.yaml
          properties: {network: {get_resource: net}, disk: {get_param: big}, size: "20"}
        web:
          type: OS::Heat::ResourceGroup
          depends_on: db
          properties:
            count: 2
            resource_def:
              type: My::Tier
              properties: {network: {get_resource: net}, flavor: "f-%index%"}
        attached:
          type: OS::Cinder::VolumeAttachment
          properties: {instance_uuid: {get_resource: db}, volume_id: v}
      outputs:
        db: {value: {get_attr: [db, address]}}
        first_port: {value: {get_attr: [db, ports, 0]}}
        all: {value: {get_attr: [web, address]}}
        refs: {value: {get_attr: [web, refs]}}
        second: {value: {get_attr: [web, resource.1.address]}}
      """;

  private static final Map<String, String> REGISTRY = Map.of("My::*", "tier.yaml");

  private final References known =
      new References() {
        @Override
        public Optional<JsonValue> resource(String path) {
          return Optional.of(Values.text("id of " + path));
        }

        @Override
        public Optional<JsonValue> attribute(String path, List<JsonValue> attributePath) {
          return Optional.of(Values.text(Values.python(attributePath.get(0)) + " of " + path));
        }
      };

  @Test
  void theirResourcesStandInTheGraphUnderTheirPaths() {
    ResourceGraph graph = graph(SHOP);
    assertThat(graph.nodes())
        .extracting(ResourceNode::path)
        .containsExactlyInAnyOrder(
            "net",
            "subnet",
            "db/port",
            "db/server",
            "db/volume",
            "web/0/port",
            "web/0/server",
            "web/1/port",
            "web/1/server",
            "attached");
    assertThat(node(graph, "web/1/server").group()).contains("web");
    assertThat(node(graph, "db/server").group()).contains("db");
    assertThat(node(graph, "web/1/server").knownProperties().getString("flavor")).isEqualTo("f-1");
    JsonObject db = node(graph, "db/server").properties(known);
    assertThat(db.getString("flavor")).isEqualTo("small");
    assertThat(db.getString("name")).isEqualTo("s-db-server");
    assertThat(db.getJsonArray("networks")).hasToString("[{\"port\":\"id of db/port\"}]");
    assertThat(node(graph, "db/volume").knownProperties().getInt("size")).isEqualTo(20);
  }

  @Test
  void referencesLeadThroughParametersAndOutputsToTheResourceThatIsMeant() {
    ResourceGraph graph = graph(SHOP);
    assertThat(node(graph, "db/port").references())
        .contains(new ResourceReference(Optional.of("network"), "net", Optional.empty(), true))
        .as("what Heat adds")
        .extracting(ResourceReference::target)
        .contains("subnet");
    assertThat(node(graph, "attached").references())
        .contains(
            new ResourceReference(
                Optional.of("instance_uuid"), "db/server", Optional.empty(), true));
    assertThat(node(graph, "web/0/server").references())
        .extracting(ResourceReference::target)
        .contains("web/0/port", "db/server", "db/port", "db/volume");
  }

  @Test
  void outputsAreThoseOfTheirResources() {
    ResourceGraph graph = graph(SHOP);
    assertThat(graph.output("db", known)).contains(Values.text("first_address of db/server"));
    assertThat(graph.output("first_port", known)).contains(Values.text("id of db/port"));
    assertThat(graph.output("all", known).orElseThrow())
        .hasToString("[\"first_address of web/0/server\",\"first_address of web/1/server\"]");
    assertThat(graph.output("refs", known).orElseThrow())
        .hasToString("[\"id of web/0/server\",\"id of web/1/server\"]");
    assertThat(graph.output("second", known))
        .contains(Values.text("first_address of web/1/server"));
  }

  @Test
  void anItemOfAListOfReferencesIsOneToo() {
    ResourceGraph graph =
        graph(
            SHOP.replace(
                "    outputs:".strip(),
                "  last:\n    type: OS::Nova::Server\n    properties: {image: i, flavor: f,"
                    + " networks: [{port: {get_attr: [db, ports, 0]}}]}\noutputs:"));
    assertThat(node(graph, "last").references())
        .contains(
            new ResourceReference(
                Optional.of("networks.0.port"), "db/port", Optional.empty(), true));
  }

  @Test
  void aConditionInsideIsDecidedByWhatIsGiven() {
    HotTemplate template = parse(SHOP, Map.of("tier.yaml", TIER), REGISTRY);
    ResourceGraph graph =
        template.graph(
            template.bind(Map.of("big", JsonValue.FALSE), new PseudoParameters("s", "i", "p")));
    assertThat(graph.find("db/volume")).isEmpty();
  }

  @Test
  void parameterDefaultsReachNestedTemplates() {
    HotTemplate template = parse(SHOP, Map.of("tier.yaml", TIER), REGISTRY);
    Environment environment =
        new EnvironmentParser().parse("parameter_defaults: {flavor: large, other: x}");
    ResourceGraph graph =
        template.graph(
            template.bind(
                environment.apply(template, JsonValue.EMPTY_JSON_OBJECT),
                new PseudoParameters("s", "i", "p")));
    assertThat(node(graph, "db/server").knownProperties().getString("flavor")).isEqualTo("large");
  }

  @Test
  void metadataOfWhatStandsForThemIsTheirsUnlessTheySayOtherwise() {
    String tier =
        """
        heat_template_version: wallaby
        resources:
          server:
            type: OS::Nova::Server
            metadata: {role: own}
            properties: {flavor: f, image: i}
          volume: {type: OS::Cinder::Volume, properties: {size: 1}}
        """;
    String top =
        """
        heat_template_version: wallaby
        parameters: {tier: {type: string, default: front}}
        resources:
          db: {type: My::Tier, metadata: {tier: back, role: outer}}
          web:
            type: OS::Heat::ResourceGroup
            properties:
              count: 2
              resource_def:
                type: My::Tier
                metadata: {tier: {get_param: tier}, number: "n%index%"}
        """;
    ResourceGraph graph = graph(parse(top, Map.of("tier.yaml", tier), REGISTRY));

    assertThat(node(graph, "db/server").metadata().toString())
        .isEqualTo("{\"tier\":\"back\",\"role\":\"own\"}");
    assertThat(node(graph, "db/volume").metadata().getString("role")).isEqualTo("outer");
    assertThat(node(graph, "web/1/server").metadata().getString("tier")).isEqualTo("front");
    assertThat(node(graph, "web/1/volume").metadata().getString("number")).isEqualTo("n1");
  }

  @Test
  void theRegistryMapsOneTypeToAnotherAndATemplateMayUseTheTypeItStandsFor() {
    String top =
        """
        heat_template_version: wallaby
        resources:
          a: {type: OS::Old::Network}
          b: {type: OS::Nova::Server, properties: {flavor: f}}
        """;
    String server =
        """
        heat_template_version: wallaby
        parameters: {flavor: {type: string}}
        resources:
          real: {type: OS::Nova::Server, properties: {flavor: {get_param: flavor}, image: i}}
        """;
    HotTemplate template =
        parse(
            top,
            Map.of("server.yaml", server),
            Map.of("OS::Old::Net*", "OS::Neutron::Net", "OS::Nova::Server", "server.yaml"));
    assertThat(graph(template).nodes())
        .extracting(ResourceNode::toString)
        .containsExactly("a (OS::Neutron::Net)", "b/real (OS::Nova::Server)");
  }

  @Test
  void whatIsWrongIsToldWithItsFileLineAndField() {
    Violation inside =
        violations(SHOP, TIER.replace("image: debian", "imgae: debian"), REGISTRY).get(0);
    assertThat(inside.pointer()).isEqualTo("tier.yaml#resources.server.properties.imgae");
    assertThat(inside.line()).isEqualTo(16);
    assertThat(inside.message().toString()).startsWith("In tier.yaml: ").contains("imgae");

    Violation given = violations(SHOP.replace("\"20\"", "\"200\""), TIER, REGISTRY).get(0);
    assertThat(given.pointer()).isEqualTo("resources.db.properties.size");
    assertThat(given.message()).hasToString("200 must lie between 1 and 100.");

    Violation wrongType =
        violations(
                SHOP.replace(
                    "network: {get_resource: net}, disk", "network: {get_resource: subnet}, disk"),
                TIER,
                REGISTRY)
            .get(0);
    assertThat(wrongType.message().toString()).contains("OS::Neutron::Net").contains("subnet");

    assertThat(violations(SHOP.replace("tier.yaml", "tire.yaml"), TIER, REGISTRY).get(0).message())
        .hasToString("The file “tire.yaml” was not given with the template.");
    assertThat(
            violations(
                SHOP, TIER.replace("disk: {type", "need: {type: string}\n  disk: {type"), REGISTRY))
        .extracting(violation -> violation.message().toString())
        .contains("“need” is missing: tier.yaml has no default for it.");
  }

  @Test
  void templatesThatNestEachOtherOrTooDeepAreRefused() {
    String a = "heat_template_version: wallaby\nresources: {x: {type: b.yaml}}\n";
    String b = "heat_template_version: wallaby\nresources: {x: {type: a.yaml}}\n";
    assertThat(violations(a, Map.of("a.yaml", a, "b.yaml", b), Map.of()).toString())
        .contains("b.yaml → a.yaml → b.yaml");
    Map<String, String> deep = new LinkedHashMap<>();
    for (int i = 0; i < 7; i++) {
      deep.put(
          i + ".yaml",
          "heat_template_version: wallaby\nresources: {x: {type: " + (i + 1) + ".yaml}}\n");
    }
    assertThat(violations(deep.get("0.yaml"), deep, Map.of()).get(0).message().toString())
        .contains("deeper than 5 levels");
  }

  @Test
  void aFewLinesCannotMakeMillionsOfResources() {
    String inner =
        """
        heat_template_version: wallaby
        resources:
          g: {type: OS::Heat::ResourceGroup, properties: {count: 200, resource_def: {type: NEXT}}}
        """;
    Map<String, String> files =
        Map.of(
            "a.yaml", inner.replace("NEXT", "b.yaml"),
            "b.yaml", inner.replace("NEXT", "c.yaml"),
            "c.yaml", inner.replace("NEXT", "OS::Neutron::Net"));
    assertThat(violations(inner.replace("NEXT", "a.yaml"), files, Map.of()).get(0).message())
        .asString()
        .contains("30000 resources");
  }

  @Test
  void valuesThatMultiplyFromLevelToLevelAreRefusedAtOnce() {
    String many = "[" + "{get_param: x}, ".repeat(200) + "a]";
    String inner =
        """
        heat_template_version: wallaby
        parameters: {x: {type: json, default: []}}
        resources: {deeper: {type: NEXT, properties: {x: MANY}}}
        """
            .replace("MANY", many);
    Map<String, String> files =
        Map.of(
            "a.yaml", inner.replace("NEXT", "b.yaml"),
            "b.yaml", inner.replace("NEXT", "c.yaml"),
            "c.yaml", inner.replace("NEXT", "d.yaml"),
            "d.yaml", inner.replace("NEXT", "OS::Heat::Value").replace("{x: [", "{value: ["));
    String top =
        "heat_template_version: wallaby\nresources: {a: {type: a.yaml, properties: {x: [{get_attr:"
            + " [s, first_address]}]}}, s: {type: OS::Nova::Server, properties: {image: i, flavor:"
            + " f}}}\n";
    assertThat(violations(top, files, Map.of()).toString()).contains("too many parts");
  }

  @Test
  void aHiddenValueIsNotToldByANestedTemplateEither() {
    String top =
        """
        heat_template_version: wallaby
        parameters: {secret: {type: string, hidden: true, default: S3CRET}}
        resources:
          a: {type: n.yaml, properties: {size: {get_param: secret}, text: {get_param: secret}}}
        """;
    String nested =
        """
        heat_template_version: wallaby
        parameters: {size: {type: number, default: 1}, text: {type: string}}
        resources:
          v: {type: OS::Cinder::Volume, properties: {size: {get_param: text}}}
        """;
    assertThat(violations(top, Map.of("n.yaml", nested), Map.of()).toString())
        .contains("******")
        .doesNotContain("S3CRET");
  }

  @Property(tries = 400)
  void whateverIsNestedIsPutTogetherOrRefused(
      @ForAll long seed, @ForAll @IntRange(max = 6) int cuts) {
    Random random = new Random(seed);
    try {
      HotTemplate template =
          parse(
              damaged(SHOP, random, cuts),
              Map.of("tier.yaml", damaged(TIER, random, cuts / 2)),
              REGISTRY);
      ResourceGraph graph = graph(template);
      Set<String> paths = new HashSet<>();
      for (ResourceNode node : graph.nodes()) {
        assertThat(paths.add(node.path())).as("%s once", node.path()).isTrue();
        node.knownProperties();
      }
      for (ResourceNode node : graph.nodes()) {
        assertThat(node.references())
            .allSatisfy(reference -> assertThat(paths).contains(reference.target()));
      }
    } catch (FederationFault expected) {
      // Told in words.
      assertThat(expected.phrase().toString()).isNotBlank();
    }
  }

  private static String damaged(String text, Random random, int cuts) {
    StringBuilder damaged = new StringBuilder(text);
    String noise = "{}[]:, \nabc0/#";
    for (int i = 0; i < cuts; i++) {
      int at = random.nextInt(damaged.length());
      switch (random.nextInt(3)) {
        case 0 -> damaged.delete(at, Math.min(damaged.length(), at + random.nextInt(12)));
        case 1 -> damaged.insert(at, noise.charAt(random.nextInt(noise.length())));
        default -> {
          int from = random.nextInt(damaged.length());
          damaged.insert(
              at, damaged.substring(from, Math.min(damaged.length(), from + random.nextInt(40))));
        }
      }
    }
    return damaged.toString();
  }

  private static ResourceNode node(ResourceGraph graph, String path) {
    return graph.find(path).orElseThrow();
  }

  private static List<Violation> violations(
      String text, String tier, Map<String, String> registry) {
    return violations(text, Map.of("tier.yaml", tier), registry);
  }

  private static List<Violation> violations(
      String text, Map<String, String> files, Map<String, String> registry) {
    FederationFault fault =
        catchThrowableOfType(FederationFault.class, () -> graph(parse(text, files, registry)));
    assertThat(fault).as("refused").isNotNull();
    return fault.violations();
  }

  private static HotTemplate parse(
      String text, Map<String, String> files, Map<String, String> registry) {
    return new HotParser().parse(new TemplateSource(text, files, registry));
  }

  private static ResourceGraph graph(String text) {
    return graph(parse(text, Map.of("tier.yaml", TIER), REGISTRY));
  }

  private static ResourceGraph graph(HotTemplate template) {
    return template.graph(template.bind(Map.of(), new PseudoParameters("s", "i", "p")));
  }
}
