package io.isthmus.domain.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.yaml.Suggestion;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TemplateCompletionsTest {

  private static final String HEAD =
      """
      heat_template_version: 2018-08-31
      parameters:
        flavor:
          type: string
      conditions:
        large: { equals: [{ get_param: flavor }, big] }
      resources:
        net:
          type: OS::Neutron::Net
        note:
          type: OS::Heat::Value
          properties:
            value: |
              type: OS::Nova::Server
        server:
          type: OS::Nova::Server
      """;

  private static final String TIER =
      """
      heat_template_version: 2018-08-31
      parameters:
        count: { type: number }
        size: { type: string }
      outputs:
        address: { value: 1 }
      """;

  /** What is offered where the text has a bar. */
  private static List<Suggestion> at(String text) {
    int caret = text.indexOf('|', text.indexOf("value: |") < 0 ? 0 : text.indexOf("value: |") + 8);
    String before = text.substring(0, caret);
    int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
    return TemplateCompletions.at(
        new TemplateSource(
            before + text.substring(caret + 1),
            Map.of("tier.yaml", TIER, "notes.txt", "hello"),
            Map.of("My::Tier", "tier.yaml", "My::Net", "OS::Neutron::Net", "Any*", "x.yaml")),
        line,
        caret - before.lastIndexOf('\n') - 1);
  }

  private static List<String> labels(String text) {
    return at(text).stream().map(Suggestion::label).toList();
  }

  @Test
  void typesOfTheStackItselfAreOfferedWithWhatTheyTake() {
    assertThat(labels(HEAD + "  tier:\n    type: |"))
        .startsWith("My::Net", "My::Tier", "tier.yaml")
        .doesNotContain("notes.txt", "Any*");
    assertThat(labels(HEAD + "  tier:\n    type: tier.yaml\n    properties:\n      |"))
        .containsExactly("count", "size");
    assertThat(
            labels(HEAD + "  tier:\n    type: My::Tier\n    properties:\n      count: 1\n      |"))
        .containsExactly("size");
    assertThat(labels(HEAD + "  own:\n    type: My::Net\n    properties:\n      |"))
        .contains("admin_state_up");
    assertThat(
            labels(
                HEAD
                    + "  tier:\n    type: tier.yaml\noutputs:\n  a:\n    value: { get_attr: [tier, |"))
        .containsExactly("address");
  }

  @Test
  void sectionsThatAreNotThereYetAreOfferedAtTheTop() {
    assertThat(labels(HEAD + "ou|"))
        .contains("outputs", "parameter_groups", "description")
        .doesNotContain("resources", "parameters", "conditions");
  }

  @Test
  void everyTypeIsOfferedForAResourceAndForTheMembersOfAGroup() {
    assertThat(labels(HEAD + "  disk:\n    type: OS::Ci|"))
        .contains("OS::Cinder::Volume", "OS::Nova::Server");
    assertThat(
            labels(
                HEAD
                    + """
                      group:
                        type: OS::Heat::ResourceGroup
                        properties:
                          resource_def:
                            type: |
                    """))
        .contains("OS::Nova::Server");
  }

  @Test
  void propertiesAreThoseOfTheTypeRequiredOnesFirstAndWithoutThoseWritten() {
    List<String> labels = labels(HEAD + "    properties:\n      image: debian-12\n      |");
    assertThat(labels).startsWith("flavor").contains("networks", "metadata");
    assertThat(labels).doesNotContain("image", "cidr");
  }

  @Test
  void aTypeWrittenBelowItsPropertiesCounts() {
    assertThat(labels(HEAD + "  disk:\n    properties:\n      |\n    type: OS::Cinder::Volume\n"))
        .contains("size", "volume_type");
  }

  @Test
  void propertiesAreFoundInListsAndInTheMembersOfGroups() {
    assertThat(labels(HEAD + "    properties:\n      networks:\n        - |"))
        .contains("network", "port");
    assertThat(labels(HEAD + "    properties:\n      networks:\n      - network: net\n        |"))
        .contains("port")
        .doesNotContain("network");
    assertThat(labels(HEAD + "    properties:\n      networks: [{ network: net, |"))
        .contains("port")
        .doesNotContain("network");
    assertThat(
            labels(
                HEAD
                    + """
                      group:
                        type: OS::Heat::ResourceGroup
                        properties:
                          resource_def:
                            type: OS::Cinder::Volume
                            properties:
                              |
                    """))
        .contains("size");
  }

  @Test
  void whatTheTemplateNamesIsOfferedWhereItCanBeUsed() {
    assertThat(labels(HEAD + "    properties:\n      flavor: { get_param: |"))
        .containsExactly("flavor", "OS::stack_name", "OS::stack_id", "OS::project_id");
    assertThat(labels(HEAD + "    depends_on: |")).containsExactly("net", "note");
    assertThat(labels(HEAD + "    depends_on: [net, |")).containsExactly("note");
    assertThat(labels(HEAD + "    condition: |")).startsWith("large");
    assertThat(labels(HEAD + "outputs:\n  address:\n    value: { get_attr: [|"))
        .containsExactly("net", "note", "server");
    assertThat(labels(HEAD + "outputs:\n  address:\n    value: { get_attr: [server, |"))
        .contains("addresses", "first_address");
    assertThat(labels(HEAD + "outputs:\n  address:\n    value:\n      get_attr:\n        - |"))
        .containsExactly("net", "note", "server");
  }

  @Test
  void aValueIsOfferedWithWhatBringsIt() {
    assertThat(labels(HEAD + "    properties:\n      flavor: |"))
        .contains("{ get_param: flavor }", "str_replace");
    assertThat(labels(HEAD + "    properties:\n      networks:\n        - network: |"))
        .contains("{ get_resource: net }")
        .doesNotContain("{ get_resource: server }");
    assertThat(labels(HEAD + "    properties:\n      config_drive: |")).startsWith("true", "false");
  }

  @Test
  void nothingIsOfferedInTextsAndComments() {
    assertThat(
            labels(
                HEAD
                    + """
                      more:
                        type: OS::Nova::Server
                        properties:
                          user_data: >
                            fla|
                    """))
        .isEmpty();
    assertThat(labels(HEAD + "# he|")).isEmpty();
    assertThat(labels(HEAD + "    properties:\n      name: a name that |")).isEmpty();
  }

  @Test
  void functionsAreThoseOfTheTemplatesVersion() {
    String old = HEAD.replace("2018-08-31", "2013-05-23");
    assertThat(labels(old + "outputs:\n  x:\n    value: |"))
        .contains("str_replace")
        .doesNotContain("list_concat");
    assertThat(labels(HEAD + "outputs:\n  x:\n    value: |")).contains("list_concat");
  }

  @Property(tries = 500)
  void anyTextCanBeAskedAbout(@ForAll String text, @ForAll @IntRange(max = 40) int at) {
    String mixed = (HEAD + text).substring(Math.min(HEAD.length(), at * 7));
    assertThat(TemplateCompletions.at(TemplateSource.of(mixed), at, at)).doesNotContainNull();
  }
}
