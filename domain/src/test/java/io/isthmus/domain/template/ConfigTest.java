package io.isthmus.domain.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.template.type.UserData;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** Configurations for servers: no cloud holds them, their text is what a server gets. */
class ConfigTest {

  private static final String CONFIGS =
      """
      heat_template_version: 2018-08-31
      parameters: {greeting: {type: string, default: hello}}
      resources:
        db: {type: OS::Nova::Server, properties: {image: i, flavor: f}}
        script:
          type: OS::Heat::SoftwareConfig
          properties:
            config:
              str_replace:
                template: "#!/bin/sh\\necho GREETING DB\\n"
                params: {GREETING: {get_param: greeting}, DB: {get_attr: [db, first_address]}}
        cloud:
          type: OS::Heat::CloudConfig
          properties:
            cloud_config:
              packages: [nginx]
              write_files: [{path: /etc/motd, permissions: "0644", content: "a\\nb: c\\n"}]
              package_upgrade: true
        all:
          type: OS::Heat::MultipartMime
          properties:
            parts:
              - {config: {get_resource: cloud}, subtype: cloud-config}
              - {config: {get_resource: script}, filename: x-shellscript.sh}
        web:
          type: OS::Nova::Server
          properties:
            image: i
            flavor: f
            user_data_format: FORMAT
            user_data: {get_resource: NAME}
      outputs:
        text: {value: {get_attr: [cloud, config]}}
      """;

  private static final References DB_AT_TEN =
      new References() {
        @Override
        public Optional<JsonValue> resource(String path) {
          return Optional.empty();
        }

        @Override
        public Optional<JsonValue> attribute(String path, List<JsonValue> attributePath) {
          return path.equals("db") ? Optional.of(Values.text("10.0.0.10")) : Optional.empty();
        }
      };

  @Test
  void aServerGetsTheTextOfTheConfigurationThatItNames() {
    ResourceNode web = web("RAW", "script");
    assertThat(web.knownProperties()).doesNotContainKey("user_data");
    assertThat(web.references())
        .contains(
            new ResourceReference(Optional.of("user_data"), "script", Optional.empty(), false));
    assertThat(userData(web)).isEqualTo("#!/bin/sh\necho hello 10.0.0.10\n");
  }

  @Test
  void aCloudConfigIsTheMapAsYamlThatCloudInitKnowsByItsFirstLine() {
    String text = userData(web("RAW", "cloud"));
    assertThat(text).startsWith("#cloud-config\n");
    assertThat(new Yaml().<Object>load(text))
        .isEqualTo(
            Map.of(
                "packages",
                List.of("nginx"),
                "write_files",
                List.of(Map.of("path", "/etc/motd", "permissions", "0644", "content", "a\nb: c\n")),
                "package_upgrade",
                true));
    ResourceGraph graph = graph("RAW", "cloud");
    assertThat(graph.output("text", References.NONE)).contains(Values.text(text));
  }

  @Test
  void aMultipartDocumentHoldsEachPartWithItsType() {
    String text = userData(web("RAW", "all"));
    assertThat(text)
        .startsWith("Content-Type: multipart/mixed; boundary=\"")
        .contains("Content-Type: text/cloud-config; charset=\"us-ascii\"\n")
        .contains(
            "Content-Type: text/x-shellscript; charset=\"us-ascii\"\n"
                + "MIME-Version: 1.0\n"
                + "Content-Transfer-Encoding: 7bit\n"
                + "Content-Disposition: attachment; filename=\"x-shellscript.sh\"\n\n"
                + "#!/bin/sh\necho hello 10.0.0.10\n\n--");
    assertThat(userData(web("RAW", "all"))).as("the same again").isEqualTo(text);
  }

  @Test
  void theFormatSoftwareConfigMakesADocumentOfOnePartAndKeepsOneOfSeveral() {
    assertThat(userData(web("SOFTWARE_CONFIG", "script")))
        .startsWith("Content-Type: multipart/mixed")
        .contains("Content-Type: text/plain; charset=\"us-ascii\"\n")
        .contains("\n\n#!/bin/sh\necho hello 10.0.0.10\n\n--");
    assertThat(userData(web("SOFTWARE_CONFIG", "all"))).isEqualTo(userData(web("RAW", "all")));
  }

  @Test
  void membersOfAGroupAreConfigurationsToo() {
    ResourceGraph graph =
        graph(
            """
            heat_template_version: 2018-08-31
            resources:
              scripts:
                type: OS::Heat::ResourceGroup
                properties:
                  count: 2
                  resource_def:
                    type: OS::Heat::SoftwareConfig
                    properties: {config: "echo %index%"}
            outputs:
              refs: {value: {get_attr: [scripts, refs]}}
              second: {value: {get_attr: [scripts, resource.1.config]}}
            """);
    assertThat(graph.output("refs", References.NONE).orElseThrow())
        .hasToString("[\"echo 0\",\"echo 1\"]");
    assertThat(graph.output("second", References.NONE)).contains(Values.text("echo 1"));
  }

  @Test
  void userDataThatNovaWouldRefuseIsToldBeforeAnythingIsMade() {
    assertThat(violations("x".repeat(49_149))).isEmpty();
    Violation violation = violations("x".repeat(49_150)).get(0);
    assertThat(violation.message())
        .hasToString("user_data is 49150 bytes long; Nova takes at most 49149.");
    assertThat(violation.pointer()).isEqualTo("resources.web.properties.user_data");
    assertThat(violation.line()).isEqualTo(5);
  }

  @Test
  void whatCannotBeAPartIsTold() {
    String text =
        """
        heat_template_version: 2018-08-31
        resources:
          all:
            type: OS::Heat::MultipartMime
            properties:
              parts:
                - {config: a, subtype: "x\\r\\nX-Evil: 1"}
                - {config: a, filename: "a\\nb"}
                - {config: plain, type: multipart}
        """;
    FederationFault fault = catchThrowableOfType(FederationFault.class, () -> graph(text));
    assertThat(fault.violations())
        .extracting(Violation::pointer)
        .containsExactly(
            "resources.all.properties.parts.0.subtype",
            "resources.all.properties.parts.1.filename",
            "resources.all.properties.parts.2.config");
    assertThat(fault.violations()).extracting(Violation::line).containsExactly(7, 8, 9);
  }

  private static List<Violation> violations(String userData) {
    String text =
        """
        heat_template_version: 2018-08-31
        parameters: {data: {type: string}}
        resources:
          web: {type: OS::Nova::Server, properties: {image: i, flavor: f, user_data_format: RAW,
            user_data: {get_param: data}}}
        """;
    HotTemplate template = new HotParser().parse(TemplateSource.of(text));
    FederationFault fault =
        catchThrowableOfType(
            FederationFault.class,
            () ->
                template.graph(
                    template.bind(
                        Map.of("data", Values.text(userData)),
                        new PseudoParameters("s", "i", "p"))));
    return fault == null ? List.of() : fault.violations();
  }

  private static String userData(ResourceNode web) {
    JsonObject properties = web.properties(DB_AT_TEN);
    return UserData.of(properties).orElseThrow();
  }

  private static ResourceNode web(String format, String name) {
    return graph(format, name).find("web").orElseThrow();
  }

  private static ResourceGraph graph(String format, String name) {
    return graph(CONFIGS.replace("FORMAT", format).replace("NAME", name));
  }

  private static ResourceGraph graph(String text) {
    HotTemplate template = new HotParser().parse(TemplateSource.of(text));
    return template.graph(template.bind(Map.of(), new PseudoParameters("s", "i", "p")));
  }
}
