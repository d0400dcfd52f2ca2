package io.isthmus.domain.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import jakarta.json.JsonObject;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentTest {

  private static final HotTemplate TEMPLATE =
      new HotParser()
          .parse(
              TemplateSource.of(
                  """
                  heat_template_version: 2018-08-31
                  parameters:
                    count: {type: number}
                    zone: {type: string}
                    list: {type: comma_delimited_list, default: a}
                  """));

  @Test
  void whatIsGivenWinsOverParametersAndThoseOverDefaults() {
    String environment =
        """
        parameters: {count: 2, zone: b}
        parameter_defaults: {count: 1, list: [x, {y: 1}], unknown: z}
        """;
    assertThat(apply(environment, "{\"zone\": \"c\"}"))
        .isEqualTo(json("{\"count\": 2, \"list\": [\"x\", {\"y\": 1}], \"zone\": \"c\"}"));
  }

  @Test
  void findsWhatTheTemplateDoesNotTakeAtItsLine() {
    Environment environment =
        new EnvironmentParser()
            .parse("parameters:\n  zone: b\nparameter_defaults:\n  count: many\n  other: 1\n");
    FederationFault fault =
        catchThrowableOfType(FederationFault.class, () -> environment.check(TEMPLATE));
    assertThat(fault.code()).isEqualTo(FaultCode.PARAMETER_INVALID);
    assertThat(fault.violations())
        .singleElement()
        .satisfies(
            violation -> {
              assertThat(violation.pointer()).isEqualTo("environment.parameter_defaults.count");
              assertThat(violation.line()).isEqualTo(4);
              assertThat(violation.message().in(Locale.ENGLISH)).contains("many");
            });
  }

  @Test
  void leavesWhatIsGivenLaterToBeGivenLater() {
    new EnvironmentParser().parse("parameters: {zone: b}").check(TEMPLATE);
  }

  @Test
  void tellsWhatAFormBeginsWith() {
    assertThat(
            new EnvironmentParser()
                .parse(
                    "{parameters: {count: 2, zone: null}, parameter_defaults: {zone: a, x: 1, count: 1}}")
                .valuesFor(TEMPLATE)
                .toString())
        .isEqualTo("{count=2, zone=\"a\"}");
  }

  @Test
  void nullIsTheSameAsNotGiven() {
    assertThat(
            apply(
                "{parameters: {count: null}, parameter_defaults: {count: 1}}", "{\"zone\": null}"))
        .isEqualTo(json("{\"count\": 1}"));
  }

  @Test
  void noEnvironmentChangesNothing() {
    assertThat(apply(" \n", "{\"count\": 3}")).isEqualTo(json("{\"count\": 3}"));
    assertThat(apply("{}", "{\"count\": 3}")).isEqualTo(json("{\"count\": 3}"));
    assertThat(apply("parameters:\nresource_registry: {}", "{}")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "parameters: {cuont: 1}; 1; environment.parameters.cuont; cuont; count",
        "parameter: {}; 1; environment.parameter; parameter; parameters",
        "'parameters: {}|resource_registry:|  resources: {web: {hooks: pre-create}}'; 3; environment.resource_registry.resources; web; ",
        "event_sinks: []; 1; environment.event_sinks; not supported yet; ",
        "parameters: [count]; 1; environment.parameters; must be a map; ",
        "[a]; 1; environment; is a map; ",
      })
  void tellsEachMistakeAtItsLine(
      String text, int line, String pointer, String words, String remedy) {
    FederationFault fault =
        catchThrowableOfType(FederationFault.class, () -> apply(text.replace('|', '\n'), "{}"));
    assertThat(fault).as("refused").isNotNull();
    assertThat(fault.code()).isEqualTo(FaultCode.PARAMETER_INVALID);
    Violation violation = fault.violations().get(0);
    assertThat(violation.line()).isEqualTo(line);
    assertThat(violation.pointer()).isEqualTo(pointer);
    assertThat(violation.message().in(Locale.ENGLISH)).contains(words);
    assertThat(violation.message().in(Locale.FRENCH))
        .isNotEqualTo(violation.message().in(Locale.ENGLISH));
    if (remedy != null) {
      assertThat(violation.remedy().orElseThrow().in(Locale.ENGLISH)).contains(remedy);
    }
  }

  @Test
  void showsNoValue() {
    assertThat(new EnvironmentParser().parse("parameters: {zone: S3CRET}").toString())
        .doesNotContain("S3CRET");
  }

  @Property(tries = 300)
  void anyTextIsReadOrRefused(@ForAll String text) {
    for (String document : new String[] {text, "parameters:\n  zone: " + text}) {
      try {
        apply(document, "{}");
      } catch (FederationFault expected) {
        assertThat(expected.violations()).isNotEmpty();
      }
    }
  }

  private static JsonObject apply(String environment, String given) {
    return new EnvironmentParser().parse(environment).apply(TEMPLATE, json(given));
  }

  private static JsonObject json(String text) {
    return Values.parse(text).orElseThrow().asJsonObject();
  }
}
