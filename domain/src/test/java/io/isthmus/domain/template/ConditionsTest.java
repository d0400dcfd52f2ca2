package io.isthmus.domain.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.isthmus.domain.fault.FederationFault;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionsTest {

  private static final PseudoParameters PSEUDO = new PseudoParameters("s", "i", "p");

  private static final String SHOP =
      """
      heat_template_version: 2018-08-31
      parameters:
        stage: {type: string, default: test}
        backup: {type: boolean, default: false}
      conditions:
        both: {and: [prod, {get_param: backup}]}
        prod: {equals: [{get_param: stage}, prod]}
        small: {not: prod}
      resources:
        net: {type: OS::Neutron::Net, properties: {name: {if: [prod, big, small]}}}
        volume: {type: OS::Cinder::Volume, condition: both, depends_on: [spare], properties: {size: 1}}
        spare: {type: OS::Neutron::Net, condition: {or: [both, small]}}
        port: {type: OS::Neutron::Port, depends_on: [spare], properties: {network: {if: [prod, {get_resource: net}, {get_resource: spare}]}}}
      outputs:
        always: {value: {if: [both, saved, not saved]}}
        sometimes: {condition: both, value: {get_resource: volume}}
      """;

  @Test
  void leavesOutWhatItsConditionExcludes() {
    ResourceGraph graph = graph(SHOP, Map.of("stage", Values.text("prod")));
    assertThat(paths(graph)).containsExactlyInAnyOrder("net", "port");
    assertThat(graph.outputs()).extracting(OutputDefinition::name).containsExactly("always");
    assertThat(graph.output("always", References.NONE)).contains(Values.text("not saved"));
    assertThat(name(graph)).isEqualTo("big");
    assertThat(graph.find("port").orElseThrow().references())
        .extracting(ResourceReference::target)
        .containsExactly("net");
  }

  @Test
  void takesTheOtherBranchWithItsReferences() {
    ResourceGraph graph = graph(SHOP, Map.of());
    assertThat(paths(graph)).containsExactlyInAnyOrder("net", "spare", "port");
    assertThat(name(graph)).isEqualTo("small");
    assertThat(graph.find("port").orElseThrow().references())
        .extracting(ResourceReference::target)
        .containsOnly("spare");
    ResourceGraph whole =
        graph(SHOP, Map.of("stage", Values.text("prod"), "backup", Values.bool(true)));
    assertThat(paths(whole)).containsExactlyInAnyOrder("net", "spare", "volume", "port");
    assertThat(whole.outputs()).hasSize(2);
  }

  @Test
  void whatIsLeftOutCannotBeReferredTo() {
    String text =
        """
        heat_template_version: 2018-08-31
        resources:
          net: {type: OS::Neutron::Net, condition: false}
          port:
            type: OS::Neutron::Port
            properties: {network: {get_resource: net}}
        """;
    assertThatThrownBy(() -> graph(text, Map.of()))
        .isInstanceOfSatisfying(
            FederationFault.class,
            fault -> {
              assertThat(fault.violations()).hasSize(1);
              assertThat(fault.violations().get(0).line()).isEqualTo(6);
              assertThat(fault).hasMessageContaining("its condition leaves it out");
            });
  }

  @Test
  void aConditionThatIsNoBooleanIsToldWithoutItsValue() {
    String text =
        """
        heat_template_version: 2018-08-31
        parameters: {secret: {type: string, hidden: true, default: S3CRET}}
        conditions:
          a: {get_param: secret}
        """;
    assertThatThrownBy(() -> graph(text, Map.of()))
        .isInstanceOfSatisfying(
            FederationFault.class,
            fault -> {
              assertThat(fault.violations().get(0).line()).isEqualTo(4);
              assertThat(fault.violations() + fault.getMessage()).doesNotContain("S3CRET");
            });
  }

  @Test
  void sinceWallabyAnIfMayLeaveOutWhatItStandsFor() {
    String text =
        """
        heat_template_version: wallaby
        resources:
          web:
            type: OS::Nova::Server
            properties:
              image: i
              flavor: f
              name: {if: [false, named]}
              security_groups: [a, {if: [false, b]}, c]
        """;
    JsonValue known = graph(text, Map.of()).find("web").orElseThrow().knownProperties();
    assertThat(known.asJsonObject())
        .doesNotContainKey("name")
        .containsEntry(
            "security_groups", Values.array(List.of(Values.text("a"), Values.text("c"))));
  }

  @Test
  void aGroupsCountMayDependOnACondition() {
    String text =
        """
        heat_template_version: 2018-08-31
        parameters: {large: {type: boolean}}
        resources:
          g:
            type: OS::Heat::ResourceGroup
            properties:
              count: {if: [{get_param: large}, 3, 1]}
              resource_def: {type: OS::Neutron::Net, properties: {name: {if: [{get_param: large}, "l-%index%", s]}}}
        """;
    assertThat(paths(graph(text, Map.of("large", Values.bool(true)))))
        .contains("g/0", "g/1", "g/2");
    ResourceGraph small = graph(text, Map.of("large", Values.bool(false)));
    assertThat(paths(small)).containsExactly("g/0", "g");
    assertThat(small.find("g/0").orElseThrow().knownProperties().getString("name")).isEqualTo("s");
  }

  @Test
  void referencesThatChoicesExcludeMakeNoCircle() {
    String text =
        """
        heat_template_version: 2018-08-31
        parameters: {first: {type: boolean}}
        resources:
          a: {type: OS::Heat::Value, properties: {value: {if: [{get_param: first}, x, {get_attr: [b, value]}]}}}
          b: {type: OS::Heat::Value, properties: {value: {if: [{get_param: first}, {get_attr: [a, value]}, y]}}}
        outputs: {o: {value: {list_join: ["", [{get_attr: [a, value]}, {get_attr: [b, value]}]]}}}
        """;
    assertThat(graph(text, Map.of("first", Values.bool(true))).output("o", References.NONE))
        .contains(Values.text("xx"));
    assertThat(graph(text, Map.of("first", Values.bool(false))).output("o", References.NONE))
        .contains(Values.text("yy"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "1; 1.0; true",
        "1; '\"1\"'; false",
        "[1, {a: b}]; [1, {a: b}]; true",
        "[1, 2]; [2, 1]; false",
        "{a: 1, b: 2}; {b: 2, a: 1}; true",
        "null; null; true",
        "null; ''''''; false",
      })
  void comparesAsPythonDoes(String left, String right, boolean same) {
    String text =
        "heat_template_version: 2018-08-31\noutputs: {o: {value: {if: [{equals: [%s, %s]}, y, n]}}}"
            .formatted(left, right);
    assertThat(graph(text, Map.of()).output("o", References.NONE))
        .contains(Values.text(same ? "y" : "n"));
  }

  @Property(tries = 60)
  void conditionsFollowTheRulesOfLogic(@ForAll boolean a, @ForAll boolean b, @ForAll boolean c) {
    String text =
        """
        heat_template_version: 2018-08-31
        parameters: {a: {type: boolean}, b: {type: boolean}, c: {type: boolean}}
        conditions:
          a: {get_param: a}
          b: {get_param: b}
          c: {get_param: c}
          neither: {not: {or: [a, b, c]}}
          all_not: {and: [{not: a}, {not: b}, {not: c}]}
        outputs:
          o: {value: {list_concat: [[{if: [neither, 1, 0]}], [{if: [all_not, 1, 0]}]]}}
        """;
    int expected = a || b || c ? 0 : 1;
    assertThat(
            graph(text, Map.of("a", Values.bool(a), "b", Values.bool(b), "c", Values.bool(c)))
                .output("o", References.NONE)
                .orElseThrow())
        .hasToString("[" + expected + "," + expected + "]");
  }

  @Test
  void conditionsThatDoubleThemselvesAreDecidedQuickly() {
    StringBuilder text =
        new StringBuilder("heat_template_version: 2018-08-31\nconditions:\n  c0: true\n");
    for (int i = 1; i < 5000; i++) {
      text.append("  c%d: {and: [c%d, c%d]}\n".formatted(i, i - 1, i - 1));
    }
    text.append("outputs: {o: {value: {if: [c4999, y, n]}}}\n");
    assertThat(graph(text.toString(), Map.of()).output("o", References.NONE))
        .contains(Values.text("y"));
  }

  private static String name(ResourceGraph graph) {
    return graph.find("net").orElseThrow().knownProperties().getString("name");
  }

  private static List<String> paths(ResourceGraph graph) {
    return graph.nodes().stream().map(ResourceNode::path).toList();
  }

  private static ResourceGraph graph(String text, Map<String, JsonValue> parameters) {
    HotTemplate template = new HotParser().parse(TemplateSource.of(text));
    return template.graph(template.bind(parameters, PSEUDO));
  }
}
