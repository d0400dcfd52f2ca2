package io.isthmus.domain.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tries to make a hidden parameter's value show. */
class HiddenParametersTest {

  private static final String SECRET = "s3cret \"word\"";
  private static final String HEAD =
      """
      heat_template_version: 2018-08-31
      parameters:
        secret: {type: string, hidden: true}
        open: {type: string, default: plain}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{get_param: secret}|******",
        "{list_join: ['-', [{get_param: open}, {get_param: secret}]]}|plain-******",
        "{str_replace: {template: 'mysql://root:PW@db', params: {PW: {get_param: secret}}}}"
            + "|mysql://root:******@db",
        "{get_attr: [copy, value]}|******",
        "{get_attr: [file, config]}|password=******",
        "{get_attr: [server, name]}|shop ******",
        "{get_attr: [server, addresses, k]}|******",
        "{get_attr: [tier, told]}|it is ******",
        "{get_attr: [tier, own]}|******",
        "{get_param: open}|plain",
      })
  void anOutputShowsTheMaskInItsPlace(String output, String shown) {
    ResourceGraph graph = graph(output, Map.of("secret", Json.createValue(SECRET)));

    assertThat(graph.output("it", made())).contains(Json.createValue(shown));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{digest: [md5, {get_param: secret}]}",
        "{str_split: ['e', {get_param: secret}]}",
        "{str_split: ['', {get_param: secret}, 0]}",
        "{yaql: {expression: $.data.s, data: {s: {get_param: secret}}}}",
        "{map_merge: [{a: {get_param: secret}}]}",
        "{repeat: {template: <%x%>, for_each: {<%x%>: [{get_param: secret}]}}}",
        "{if: [{equals: [{get_param: open}, plain]}, {get_param: secret}, no]}",
      })
  void noFunctionOfItTellsIt(String output) {
    String told;
    try {
      told =
          graph(output, Map.of("secret", Json.createValue(SECRET)))
              .output("it", made())
              .map(JsonValue::toString)
              .orElse("");
    } catch (FederationFault fault) {
      // Not performed, or not of that form.
      told = told(fault);
    }
    assertThat(told)
        .doesNotContain("s3cret")
        .doesNotContain("word")
        // MD5 of the value.
        .doesNotContain("9c0e");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "type: OS::Cinder::Volume, properties: {size: {get_param: secret}}",
        "type: OS::Nova::Server, properties: {flavor: f, image: i, networks: {get_param: secret}}",
        "type: OS::Nova::Server, properties: {flavor: f, config_drive: {get_attr: [copy, value]}}",
        "type: OS::Neutron::Subnet, properties: {network: n, cidr: {get_param: secret}}",
        "type: OS::Neutron::Subnet, properties: {network: n, cidr: {get_attr: [copy, value]}}",
        "type: OS::Heat::ResourceGroup, properties: {count: {get_param: secret}, resource_def:"
            + " {type: OS::Neutron::Net}}",
        "type: OS::Heat::Value, properties: {value: {list_join: [',', {get_param: secret}]}}",
        "type: OS::Heat::Value, properties: {value: {str_replace: {template: a, params:"
            + " {get_param: secret}}}}",
        "type: OS::Heat::Value, condition: {get_param: secret}, properties: {value: 1}",
        "type: inner.yaml, properties: {secret: {get_param: secret}}",
      })
  void noMistakeThatItMakesTellsIt(String resource) {
    String text =
        HEAD
            + "resources:\n  copy: {type: OS::Heat::Value, properties: {value: {get_param: secret}}}\n"
            + "  bad: {"
            + resource
            + "}\n";
    String inner =
        HEAD.replace("hidden: true}", "constraints: [{length: {max: 2}}]}") + "resources: {}\n";
    FederationFault fault =
        catchThrowableOfType(
            FederationFault.class,
            () ->
                graph(
                    new TemplateSource(text, Map.of("inner.yaml", inner)),
                    Map.of("secret", Json.createValue(SECRET))));

    assertThat(fault).as("refused").isNotNull();
    assertThat(told(fault)).doesNotContain("s3cret").doesNotContain("word");
  }

  @Test
  void aValueThatBreaksItsOwnConstraintIsNotRepeated() {
    HotTemplate template =
        new HotParser()
            .parse(
                TemplateSource.of(
                    HEAD.replace(
                            "hidden: true",
                            "hidden: true, constraints: [{allowed_pattern: '[a-z]+'}]")
                        + "resources: {}\n"));

    FederationFault fault =
        catchThrowableOfType(
            FederationFault.class,
            () ->
                template.bind(
                    Map.of("secret", Json.createValue(SECRET)),
                    new PseudoParameters("s", "i", "p")));
    assertThat(told(fault)).contains("******").doesNotContain("s3cret");
  }

  @Test
  void itIsMaskedWithinPhrasesAndJsonAndLeftWhereItIsTooShortToBeTold() {
    HiddenValues hidden =
        new HiddenValues(List.of(Json.createValue(SECRET), Json.createValue("a")));

    assertThat(
            hidden
                .mask(
                    Phrase.of(
                        "template.in-file",
                        "web.yaml",
                        Phrase.of("template.in-file", "x", Phrase.verbatim("is " + SECRET))))
                .in(Locale.ENGLISH))
        .contains("web.yaml", "is ******")
        .doesNotContain("s3cret");
    assertThat(hidden.mask("{\"m\": \"s3cret \\\"word\\\"\"}")).isEqualTo("{\"m\": \"******\"}");
    assertThat(hidden.mask("a")).isEqualTo("******");
    assertThat(hidden.mask("a banana")).isEqualTo("a banana");
    assertThat(hidden.mask(new FederationFault(FaultCode.CLOUD_REJECTED, Phrase.verbatim(SECRET))))
        .hasNoCause()
        .hasMessage("******");
    assertThat(hidden).hasToString("2 hidden");
  }

  private static String told(FederationFault fault) {
    StringBuilder told = new StringBuilder(fault.toString()).append(fault.details());
    for (Violation violation : fault.violations()) {
      told.append(violation.pointer()).append(violation.message().in(Locale.ENGLISH));
      violation.remedy().ifPresent(remedy -> told.append(remedy.in(Locale.FRENCH)));
    }
    return told.toString();
  }

  private static ResourceGraph graph(String output, Map<String, JsonValue> given) {
    String text =
        HEAD
            + """
            resources:
              copy: {type: OS::Heat::Value, properties: {value: {get_param: secret}}}
              file:
                type: OS::Heat::SoftwareConfig
                properties:
                  config: {str_replace: {template: password=PW, params: {PW: {get_param: secret}}}}
              server: {type: OS::Nova::Server, properties: {flavor: f, image: i}}
              tier: {type: tier.yaml, properties: {given: {get_param: secret}}}
            outputs:
              it: {value: %s}
            """
                .formatted(output);
    String tier =
        """
        heat_template_version: 2018-08-31
        parameters:
          given: {type: string}
          own: {type: string, hidden: true, default: default of its own}
        resources: {}
        outputs:
          told: {value: {list_join: [' ', [it is, {get_param: given}]]}}
          own: {value: {get_param: own}}
        """;
    return graph(new TemplateSource(text, Map.of("tier.yaml", tier)), given);
  }

  private static ResourceGraph graph(TemplateSource source, Map<String, JsonValue> given) {
    HotTemplate template = new HotParser().parse(source);
    return template.graph(template.bind(given, new PseudoParameters("s", "i", "p")));
  }

  /** A cloud in which the value has become part of what is there. */
  private static References made() {
    return new References() {
      @Override
      public Optional<JsonValue> resource(String path) {
        return Optional.of(Json.createValue("id"));
      }

      @Override
      public Optional<JsonValue> attribute(String path, List<JsonValue> attribute) {
        return Optional.of(
            attribute.get(0).toString().contains("name")
                ? Json.createValue("shop " + SECRET)
                : Json.createObjectBuilder().add("k", SECRET).build());
      }
    };
  }
}
