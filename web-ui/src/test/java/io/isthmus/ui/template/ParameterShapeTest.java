package io.isthmus.ui.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.template.HotParser;
import io.isthmus.domain.template.TemplateSource;
import io.isthmus.ui.template.ParameterShape.Help;
import io.isthmus.ui.template.ParameterShape.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParameterShapeTest {

  private static ParameterShape shape(String parameter) {
    String template =
        """
        heat_template_version: 2018-08-31
        parameters:
          it:
        %s
        resources:
          text: { type: OS::Heat::Value, properties: { value: { get_param: it } } }
        """
            .formatted(parameter.indent(4).stripTrailing());
    return ParameterShape.of(
        new HotParser().parse(TemplateSource.of(template)).parameters().get(0));
  }

  @Test
  void hidesAHiddenValueWhateverElseItIs() {
    assertThat(
            shape(
                    """
                    type: string
                    hidden: true
                    constraints:
                      - allowed_values: [a, b]
                    """)
                .kind())
        .isEqualTo(Kind.SECRET);
  }

  @Test
  void wantsNothingWhereAValueStands() {
    ParameterShape kept = shape("{ type: string, hidden: true, default: obvious }").kept();
    assertThat(kept.initial()).isEmpty();
    assertThat(kept.required()).isFalse();
    assertThat(kept.help()).contains(Help.of("parameter.value-kept"));
  }

  @Test
  void offersWhatIsAllowed() {
    ParameterShape shape =
        shape(
            """
            type: number
            default: 2
            constraints:
              - allowed_values: [1, 2, 4]
            """);
    assertThat(shape.kind()).isEqualTo(Kind.CHOICE);
    assertThat(shape.choices()).containsExactly("1", "2", "4");
    assertThat(shape.initial()).isEqualTo("2");
    assertThat(shape.required()).isFalse();
  }

  @Test
  void tellsDescriptionAndConstraintsAsHelp() {
    ParameterShape shape =
        shape(
            """
            type: number
            label: Servers
            description: How many
            constraints:
              - range: { min: 1, max: 20 }
              - modulo: { step: 2, offset: 1 }
                description: An odd number
            """);
    assertThat(shape.label()).isEqualTo("Servers");
    assertThat(shape.required()).isTrue();
    assertThat(shape.help())
        .containsExactly(
            new Help("", List.of("How many")),
            new Help("parameter.range", List.of("1", "20")),
            new Help("", List.of("An odd number")));
  }

  @Test
  void writesAListAsHeatTakesIt() {
    ParameterShape shape =
        shape(
            """
            type: comma_delimited_list
            default: [a, b]
            """);
    assertThat(shape.kind()).isEqualTo(Kind.LIST);
    assertThat(shape.initial()).isEqualTo("a,b");
  }

  @Test
  void asksForANameOfWhatCloudsHave() {
    ParameterShape flavor =
        shape(
            """
            type: string
            default: m1.small
            constraints:
              - length: { max: 40 }
              - custom_constraint: nova.flavor
            """);
    assertThat(flavor.kind()).isEqualTo(Kind.NAME);
    assertThat(flavor.constraint()).isEqualTo("nova.flavor");
    assertThat(flavor.initial()).isEqualTo("m1.small");
  }

  @Test
  void offersOnlyWhatTheTemplateAllowsOfNames() {
    ParameterShape flavor =
        shape(
            """
            type: string
            constraints:
              - custom_constraint: nova.flavor
              - allowed_values: [m1.small, m1.large]
            """);
    assertThat(flavor.kind()).isEqualTo(Kind.CHOICE);
    assertThat(flavor.constraint()).isEmpty();
  }

  @Test
  void knowsHeatsWordsForYes() {
    assertThat(List.of("true", "Yes", "1", "on")).allMatch(Switches::isOn);
    assertThat(List.of("", "false", "0", "off")).noneMatch(Switches::isOn);
  }
}
