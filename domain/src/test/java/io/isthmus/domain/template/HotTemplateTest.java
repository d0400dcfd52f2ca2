package io.isthmus.domain.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HotTemplateTest {

  private static final PseudoParameters PSEUDO = new PseudoParameters("s", "i", "p");

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "number; 5; 5",
        "number; 1.5; 1.5",
        "boolean; yes; true",
        "boolean; off; false",
        "comma_delimited_list; a,b; [\"a\",\"b\"]",
        "comma_delimited_list; ''; []",
        "json; {\"a\": [1]}; {\"a\":[1]}",
        "string; 5; \"5\""
      })
  void readsTextAsTheParametersType(String type, String given, String value) {
    ParameterValues bound = bind("  a: {type: " + type + "}", Map.of("a", Values.text(given)));
    assertThat(bound.find("a").orElseThrow()).hasToString(value);
  }

  @Test
  void tellsEveryWrongParameterAndNoHiddenValue() {
    String parameters =
        """
          password:
            type: string
            hidden: true
            constraints: [{length: {min: 8}}, {allowed_pattern: "[a-z]+"}, {allowed_values: [x]}]
          pin: {type: number, hidden: true}
          count: {type: number, constraints: [{range: {min: 1, max: 3}}, {modulo: {step: 2, offset: 1}}]}
          needed: {type: string}
        """;
    assertThatThrownBy(
            () ->
                bind(
                    parameters,
                    Map.of(
                        "password", Values.text("S3CRET"),
                        "pin", Values.text("S3CRET"),
                        "count", Values.number(4),
                        "cuont", Values.number(4))))
        .isInstanceOfSatisfying(
            FederationFault.class,
            fault -> {
              assertThat(fault.code()).isEqualTo(FaultCode.PARAMETER_INVALID);
              assertThat(fault.violations())
                  .extracting(violation -> violation.pointer())
                  .containsExactlyInAnyOrder(
                      "parameters.cuont",
                      "parameters.password",
                      "parameters.password",
                      "parameters.password",
                      "parameters.pin",
                      "parameters.count",
                      "parameters.count",
                      "parameters.needed");
              assertThat(fault.violations().toString() + fault).doesNotContain("S3CRET");
            });
  }

  @Test
  void neverShowsAHiddenValueInAPropertysMistake() {
    String text =
        """
        heat_template_version: 2018-08-31
        parameters: {secret: {type: string, hidden: true}}
        resources:
          v: {type: OS::Cinder::Volume, properties: {size: {get_param: secret}}}
        """;
    HotTemplate template = parse(text);
    ParameterValues values = template.bind(Map.of("secret", Values.text("S3CRET")), PSEUDO);
    assertThat(values.toString()).doesNotContain("S3CRET");
    assertThatThrownBy(() -> template.graph(values))
        .isInstanceOfSatisfying(
            FederationFault.class,
            fault -> {
              assertThat(fault.violations().get(0).line()).isEqualTo(4);
              assertThat(fault.violations().toString() + fault).doesNotContain("S3CRET");
            });
  }

  @Test
  void aPatternThatNeverEndsIsRefused() {
    String parameters = "  a: {type: string, constraints: [{allowed_pattern: '(.*a){15}b'}]}";
    assertThatThrownBy(() -> bind(parameters, Map.of("a", Values.text("a".repeat(60)))))
        .isInstanceOf(FederationFault.class)
        .hasMessageContaining("too long to try");
  }

  @Test
  void aGroupOfTooManyIsRefused() {
    HotTemplate template =
        parse(
            """
            heat_template_version: 2018-08-31
            resources:
              g:
                type: OS::Heat::ResourceGroup
                properties: {count: 100000000, resource_def: {type: OS::Neutron::Net}}
            """);
    assertThatThrownBy(() -> template.graph(template.bind(Map.of(), PSEUDO)))
        .isInstanceOf(FederationFault.class)
        .hasMessageContaining("30000 resources");
  }

  @Test
  void valuesThatDoubleThemselvesAreRefused() {
    StringBuilder text =
        new StringBuilder(
            "heat_template_version: 2018-08-31\nresources:\n  v0: {type: OS::Heat::Value, properties: {value: x}}\n");
    for (int i = 1; i < 45; i++) {
      text.append(
          "  v%d: {type: OS::Heat::Value, properties: {value: [{get_attr: [v%d, value]}, {get_attr: [v%d, value]}]}}\n"
              .formatted(i, i - 1, i - 1));
    }
    text.append("outputs:\n  o: {value: {get_attr: [v44, value]}}\n");
    HotTemplate template = parse(text.toString());
    assertThatThrownBy(() -> template.graph(template.bind(Map.of(), PSEUDO)))
        .isInstanceOf(FederationFault.class)
        .hasMessageContaining("MiB");
  }

  @Test
  void composesAGroupsAttributesFromItsMembers() {
    ResourceGraph graph =
        graph(
            """
            heat_template_version: 2018-08-31
            resources:
              g:
                type: OS::Heat::ResourceGroup
                properties: {count: 2, resource_def: {type: OS::Neutron::Net, properties: {name: "n-%index%"}}}
            outputs:
              list: {value: {get_attr: [g, name]}}
              refs: {value: {get_attr: [g, refs]}}
              second: {value: {get_attr: [g, refs, 1]}}
              refs_map: {value: {get_attr: [g, refs_map]}}
              map: {value: {get_attr: [g, attributes, name]}}
              one: {value: {get_attr: [g, resource.1.name]}}
              id: {value: {get_attr: [g, resource.1]}}
            """);
    Map<String, String> expected =
        Map.of(
            "list", "[\"name@g/0\",\"name@g/1\"]",
            "refs", "[\"g/0\",\"g/1\"]",
            "second", "\"g/1\"",
            "refs_map", "{\"0\":\"g/0\",\"1\":\"g/1\"}",
            "map", "{\"0\":\"name@g/0\",\"1\":\"name@g/1\"}",
            "one", "\"name@g/1\"",
            "id", "\"g/1\"");
    expected.forEach(
        (name, value) ->
            assertThat(graph.output(name, new Paths()).orElseThrow()).hasToString(value));
    assertThat(graph.find("g/1").orElseThrow().knownProperties().getString("name"))
        .isEqualTo("n-1");
    assertThat(graph.find("g/1").orElseThrow().group()).contains("g");
  }

  @Test
  void ordersAddressesAfterTheRouterThatLeadsOut() {
    ResourceGraph graph =
        graph(
            """
            heat_template_version: 2018-08-31
            resources:
              link: {type: OS::Neutron::FloatingIPAssociation, properties: {floatingip_id: {get_resource: ip}, port_id: {get_resource: port}}}
              ip: {type: OS::Neutron::FloatingIP, properties: {floating_network: public}}
              port: {type: OS::Neutron::Port, properties: {network: {get_resource: net}}}
              joint: {type: OS::Neutron::RouterInterface, properties: {router: {get_resource: router}, subnet: {get_resource: subnet}}}
              router: {type: OS::Neutron::Router, properties: {external_gateway_info: {network: public}}}
              subnet: {type: OS::Neutron::Subnet, properties: {network: {get_resource: net}, cidr: 10.0.0.0/24}}
              net: {type: OS::Neutron::Net}
            """);
    List<String> paths = graph.nodes().stream().map(ResourceNode::path).toList();
    assertThat(paths).containsSubsequence("router", "ip", "link");
    assertThat(paths).containsSubsequence("subnet", "port", "link");
    assertThat(paths).containsSubsequence("joint", "link");
  }

  @Test
  void saysWhatIsNotKnownYet() {
    ResourceGraph graph =
        graph(
            """
            heat_template_version: 2018-08-31
            resources:
              net: {type: OS::Neutron::Net}
              subnet: {type: OS::Neutron::Subnet, properties: {network: {get_resource: net}, cidr: 10.0.0.0/24}}
            """);
    assertThatThrownBy(() -> graph.find("subnet").orElseThrow().properties(References.NONE))
        .isInstanceOf(FederationFault.class)
        .hasMessageContaining("subnet")
        .hasMessageContaining("net");
  }

  @Test
  void aPathOfAParameterThatLeadsNowhereIsAnEmptyText() {
    HotTemplate template =
        parse(
            """
            heat_template_version: 2018-08-31
            parameters: {a: {type: json, default: {b: [1, {c: d}]}}}
            outputs:
              there: {value: {get_param: [a, b, 1, c]}}
              nowhere: {value: {get_param: [a, x, 1]}}
            """);
    ResourceGraph graph = template.graph(template.bind(Map.of(), PSEUDO));
    assertThat(graph.output("there", References.NONE)).contains(Values.text("d"));
    assertThat(graph.output("nowhere", References.NONE)).contains(Values.text(""));
  }

  private static ResourceGraph graph(String text) {
    HotTemplate template = parse(text);
    return template.graph(template.bind(Map.of(), PSEUDO));
  }

  private static ParameterValues bind(String parameters, Map<String, JsonValue> given) {
    return parse("heat_template_version: 2018-08-31\nparameters:\n" + parameters + "\n")
        .bind(given, PSEUDO);
  }

  private static HotTemplate parse(String text) {
    return new HotParser().parse(TemplateSource.of(text));
  }

  /** Ids are paths; attributes say whose they are. */
  private static final class Paths implements References {
    @Override
    public Optional<JsonValue> resource(String path) {
      return Optional.of(Values.text(path));
    }

    @Override
    public Optional<JsonValue> attribute(String path, List<JsonValue> attributePath) {
      return Optional.of(Values.text(Values.python(attributePath.get(0)) + "@" + path));
    }
  }
}
